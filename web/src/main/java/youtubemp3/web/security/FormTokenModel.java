package youtubemp3.web.security;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.thymeleaf.context.LazyContextVariable;

/** Gives every page a token for its forms, made only if the page has one. */
@ControllerAdvice
class FormTokenModel {

    private final FormTokens tokens;

    FormTokenModel(FormTokens tokens) {
        this.tokens = tokens;
    }

    @ModelAttribute("formToken")
    LazyContextVariable<String> formToken(HttpServletRequest request) {
        return new LazyContextVariable<>() {
            @Override
            protected String loadValue() {
                return tokens.issue(request);
            }
        };
    }
}
