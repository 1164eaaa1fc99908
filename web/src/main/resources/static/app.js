// Without this file everything works by plain forms and pages that refresh themselves. With it, nothing has to be reloaded.
"use strict";

class Refused extends Error {}

(() => {
  const POLL_EVERY = 1000;
  const POLL_AT_LEAST_EVERY = 15000;
  const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

  const root = new URL(document.documentElement.dataset.root, location.href);
  const card = document.querySelector("#job");
  if (!card) {
    return;
  }
  const messages = card.dataset; // the sentences of messages.properties
  const part = (name) => card.querySelector(`[data-job-${name}]`);
  const field = document.querySelector("#video_url");
  const fieldError = document.querySelector("#video_url-error");

  let current; // the job that is shown
  let timer;

  // ---- the form

  const showError = (message) => {
    fieldError.textContent = message;
    fieldError.hidden = !message;
    if (message) {
      field.setAttribute("aria-invalid", "true");
      field.focus();
    } else {
      field.removeAttribute("aria-invalid");
    }
  };

  const submit = async (link) => {
    const response = await fetch(new URL("submit", root), {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify({ video_url: link }),
    });
    const answer = await response.json();
    if (response.ok) {
      return answer.data.filename;
    }
    throw new Refused(answer.error_fields.video_url || answer.message);
  };

  const convert = async (form) => {
    const button = form.querySelector("button");
    if (button.hasAttribute("aria-busy")) {
      return;
    }
    button.setAttribute("aria-busy", "true");
    showError("");
    try {
      const id = await submit(form.elements.video_url.value);
      history.pushState(null, "", `#${id}`);
      show(id);
      card.scrollIntoView({ block: "nearest" });
    } catch (error) {
      showError(error instanceof Refused ? error.message : messages.messageUnreachable);
    } finally {
      button.removeAttribute("aria-busy");
    }
  };

  if (field) {
    document.querySelectorAll("form[data-convert]").forEach((form) => {
      // the message at the field is clearer than the browser's own
      form.noValidate = true;
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        if (form.dataset.convert !== "main") {
          field.value = form.elements.video_url.value;
        }
        convert(form);
      });
    });
    field.addEventListener("input", () => showError(""));
  }

  // ---- the job

  const text = (element, content) => {
    if (element.textContent !== content) {
      element.textContent = content;
    }
    element.hidden = !content;
  };

  const say = (stage, note = "") => {
    text(part("stage"), stage);
    text(part("note"), note);
    const title = part("title").textContent;
    const announcement = [title, stage, note].filter(Boolean).join(". ");
    if (part("announce").textContent !== announcement) {
      part("announce").textContent = announcement;
    }
  };

  const bar = (percent) => {
    if (percent === null) {
      part("bar").removeAttribute("value"); // shows that the job runs, without saying how far it is
    } else {
      part("bar").value = percent;
    }
  };

  const reset = () => {
    text(part("title"), messages.messageTitle);
    text(part("artist"), "");
    text(part("detail"), "");
    say(messages.messageWaiting);
    bar(null);
    part("bar").hidden = false;
    part("download").hidden = true;
    part("again").hidden = true;
  };

  /** In the reader's own time of day. */
  const nextTry = (job) =>
    job.next_try
      ? messages.messageNextTry.replace(
          "{0}",
          new Date(job.next_try).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }),
        )
      : "";

  const render = (job, address) => {
    const converting = job.stage === "converting";
    text(part("title"), job.title || messages.messageTitle);
    text(part("artist"), job.artist || "");
    text(part("detail"), converting ? [`${job.percent} %`, job.remaining].filter(Boolean).join(" · ") : nextTry(job));
    say(job.message, job.failure ? job.failure.reason : "");
    bar(converting || job.download ? job.percent : null);
    part("bar").hidden = job.status === "FAILED";
    if (job.download) {
      part("download").href = new URL(job.download, address);
      part("download").hidden = false;
    }
    if (job.status === "FAILED" && job.video_url) {
      part("again").elements.video_url.value = job.video_url;
      part("again").hidden = false;
    }
  };

  /** On a page of its own for this job, the download starts by itself. */
  const arrive = (job) => {
    if (field) {
      return;
    }
    if (job.download) {
      document.querySelector("h1").textContent = messages.messageReady;
      document.querySelector(".lead").textContent = messages.messageStarted;
      document.title = part("title").textContent;
      location.assign(part("download").href);
    } else {
      location.reload(); // the server has a page for it
    }
  };

  const poll = async (id, wait = POLL_EVERY) => {
    let next = POLL_EVERY;
    try {
      const address = new URL(`status/${id}`, root);
      const response = await fetch(address, { headers: { Accept: "application/json" }, cache: "no-store" });
      if (current !== id) {
        return;
      }
      const answer = await response.json();
      // neither comes back by asking again, and a 401 would make the browser ask for the password each time
      if (response.status === 404 || response.status === 401) {
        text(part("detail"), "");
        part("bar").hidden = true;
        say(answer.message);
        return;
      }
      if (!response.ok) {
        throw new Error(answer.message);
      }
      render(answer, response.url || address);
      if (answer.status !== "ONQUEUE") {
        arrive(answer);
        return;
      }
    } catch (error) {
      if (current !== id) {
        return;
      }
      next = Math.min(wait * 2, POLL_AT_LEAST_EVERY);
      text(part("detail"), messages.messageLost);
    }
    timer = setTimeout(() => poll(id, next), next);
  };

  const show = (id) => {
    clearTimeout(timer);
    current = id;
    if (card.dataset.job !== id) {
      card.dataset.job = id;
      reset();
    }
    card.hidden = false;
    poll(id);
  };

  // ---- what the address says, also after a reload and on the way back

  const follow = () => {
    const id = location.hash.slice(1);
    if (UUID.test(id)) {
      show(id);
    } else if (field) {
      clearTimeout(timer);
      current = undefined;
      card.hidden = true;
    }
  };

  if (card.dataset.job) {
    show(card.dataset.job);
  } else {
    window.addEventListener("popstate", follow);
    follow();
  }
})();
