package youtubemp3.web.layout;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.servlet.resource.ResourceUrlProvider;

/** Adds {@link RelativeLinks} to the model of every page. */
@ControllerAdvice
class LayoutModelAdvice {

    private final ResourceUrlProvider resources;

    LayoutModelAdvice(ResourceUrlProvider resources) {
        this.resources = resources;
    }

    @ModelAttribute("site")
    RelativeLinks site(HttpServletRequest request) {
        return RelativeLinks.of(request, resources);
    }
}
