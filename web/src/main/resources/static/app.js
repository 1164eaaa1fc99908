// Without this file everything works by plain forms and pages that refresh themselves. With it, nothing has to be reloaded.
"use strict";

/** A request that was rejected, because of the field where one is named. */
class Refused extends Error {
  constructor(message, field) {
    super(message);
    this.field = field;
  }
}

(() => {
  // a playlist that is looked up, or files that are made
  if (document.querySelector("[data-reload]")) {
    setTimeout(() => location.reload(), 2000);
  }

  const tick = document.querySelector("[data-tick]");
  if (tick) {
    const set = (checked) => {
      document.querySelectorAll('[name="video"]:enabled').forEach((box) => {
        box.checked = checked;
      });
    };
    tick.hidden = false;
    tick.querySelector("[data-tick-all]").addEventListener("click", () => set(true));
    tick.querySelector("[data-tick-none]").addEventListener("click", () => set(false));
  }
})();

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
  const main = document.querySelector('form[data-convert="main"]');
  const field = document.querySelector("#video_url");

  let current; // the job that is shown
  let timer;

  // ---- the form

  const clearErrors = () => {
    for (const place of main.querySelectorAll(".error")) {
      place.textContent = "";
      place.hidden = true;
    }
    main.querySelectorAll("[aria-invalid]").forEach((input) => input.removeAttribute("aria-invalid"));
  };

  /** At the field; at the link, if the page has no such field. */
  const showError = (message, name = "video_url") => {
    const place = document.getElementById(`${name}-error`);
    const input = main.querySelector(`[aria-describedby~="${name}-error"]`);
    if (!place || !input) {
      showError(message);
      return;
    }
    place.textContent = message;
    place.hidden = false;
    input.setAttribute("aria-invalid", "true");
    const options = input.closest("details");
    if (options) {
      options.open = true;
    }
    input.focus();
  };

  const listOf = (playlist) => new URL(`playlists/${playlist}`, root);

  /** The data of the answer; null when the page is left. */
  const submit = async (fields) => {
    const response = await fetch(new URL("submit", root), {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify(fields),
    });
    const answer = await response.json();
    if (response.ok) {
      return answer.data;
    }
    if (answer.data.playlist) {
      location.assign(listOf(answer.data.playlist));
      return null;
    }
    const [name, sentence] = Object.entries(answer.error_fields)[0] || [];
    throw new Refused(sentence || answer.message, name);
  };

  const convert = async (form) => {
    const button = form.querySelector("button");
    if (button.hasAttribute("aria-busy")) {
      return;
    }
    button.setAttribute("aria-busy", "true");
    clearErrors();
    try {
      const data = await submit(Object.fromEntries(new FormData(form)));
      if (data === null) {
        return;
      }
      const id = data.filename;
      history.pushState(null, "", `#${id}`);
      show(id);
      part("list").hidden = !data.playlist;
      if (data.playlist) {
        part("list").querySelector("a").href = listOf(data.playlist);
      }
      card.scrollIntoView({ block: "nearest" });
    } catch (error) {
      if (error instanceof Refused) {
        showError(error.message, error.field);
      } else {
        showError(messages.messageUnreachable);
      }
    } finally {
      button.removeAttribute("aria-busy");
    }
  };

  if (main) {
    document.querySelectorAll("form[data-convert]").forEach((form) => {
      // the message at the field is clearer than the browser's own
      form.noValidate = true;
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        if (form !== main) {
          field.value = form.elements.video_url.value;
        }
        convert(form);
      });
    });
    main.addEventListener("input", clearErrors);
  }

  // ---- the options

  /** The time at which a link begins, such as 1:30 for t=90 or t=1m30s; empty without one. */
  const startIn = (link) => {
    const time = /[?&#;](?:t|start)=(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?(?![\w.])/.exec(link);
    const [hours, minutes, seconds] = time ? time.slice(1).map(Number).map((number) => number || 0) : [0, 0, 0];
    const all = hours * 3600 + minutes * 60 + seconds;
    if (!all) {
      return "";
    }
    const two = (number) => String(number).padStart(2, "0");
    const rest = `${Math.floor(all / 60) % 60}:${two(all % 60)}`;
    return all < 3600 ? rest : `${Math.floor(all / 3600)}:${rest.padStart(5, "0")}`;
  };

  const from = document.querySelector("#from");
  if (from) {
    const note = document.querySelector("#from-link span");
    let offered = "";
    const offerStart = () => {
      // not in place of what a person has typed
      if (from.value !== offered) {
        return;
      }
      offered = startIn(field.value);
      from.value = offered;
      note.hidden = !offered;
      if (offered) {
        from.closest("details").open = true;
      }
    };
    field.addEventListener("input", offerStart);
    from.addEventListener("input", () => {
      note.hidden = true;
    });
  }

  /** Turns off what another format does not have. */
  const onlyMp3 = () => {
    const format = main.querySelector('[name="format"]:checked');
    main.querySelectorAll("[data-mp3-only]").forEach((input) => {
      input.disabled = format !== null && format.value !== "mp3";
    });
  };
  if (main) {
    main.addEventListener("change", onlyMp3);
    onlyMp3();
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
    part("list").hidden = true;
  };

  /** In the reader's own time of day. */
  const nextTry = (job) =>
    job.next_try
      ? messages.messageNextTry.replace(
          "{0}",
          new Date(job.next_try).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }),
        )
      : "";

  /** Gives a form these fields, hidden, in place of those it has. */
  const fill = (form, fields) => {
    form.querySelectorAll("input").forEach((input) => input.remove());
    for (const [name, value] of Object.entries(fields)) {
      const input = document.createElement("input");
      Object.assign(input, { type: "hidden", name, value });
      form.prepend(input);
    }
  };

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
      fill(part("again"), { video_url: job.video_url, ...job.options });
      part("again").hidden = false;
    }
  };

  /** On a page of its own for this job, the download starts by itself. */
  const arrive = (job) => {
    if (main) {
      return;
    }
    if (job.download) {
      document.querySelector("h1").textContent = job.message;
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
    } else if (main) {
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
