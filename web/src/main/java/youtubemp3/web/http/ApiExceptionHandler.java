package youtubemp3.web.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.ConversionNotSupportedException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.support.MessageSourceAccessor;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotWritableException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingPathVariableException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.context.request.async.AsyncRequestTimeoutException;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.ViewResolver;
import org.springframework.web.servlet.mvc.condition.ProducesRequestCondition;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import org.springframework.web.servlet.resource.ResourceUrlProvider;
import youtubemp3.web.layout.RelativeLinks;

/**
 * Renders every error: as a page if the endpoint has one and the client prefers HTML, otherwise as an {@link ApiResponse}.
 */
@ControllerAdvice
class ApiExceptionHandler extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ApiExceptionHandler.class);

    /** Codes of Spring's exceptions. All others of Spring MVC mean {@link MessageCode#INVALID_REQUEST}. */
    private static final Map<Class<?>, MessageCode> CODES = Map.ofEntries(
            Map.entry(NoResourceFoundException.class, MessageCode.NOT_FOUND),
            Map.entry(NoHandlerFoundException.class, MessageCode.NOT_FOUND),
            Map.entry(HttpRequestMethodNotSupportedException.class, MessageCode.METHOD_NOT_ALLOWED),
            Map.entry(HttpMediaTypeNotAcceptableException.class, MessageCode.NOT_ACCEPTABLE),
            Map.entry(HttpMediaTypeNotSupportedException.class, MessageCode.NOT_JSON),
            Map.entry(MaxUploadSizeExceededException.class, MessageCode.TOO_LARGE),
            Map.entry(AsyncRequestTimeoutException.class, MessageCode.UNAVAILABLE),
            Map.entry(MissingPathVariableException.class, MessageCode.FAULT),
            Map.entry(ConversionNotSupportedException.class, MessageCode.FAULT),
            Map.entry(HttpMessageNotWritableException.class, MessageCode.FAULT));

    private static final ProducesRequestCondition PAGE = new ProducesRequestCondition(MediaType.TEXT_HTML_VALUE);
    private static final ProducesRequestCondition ANY = new ProducesRequestCondition();

    private final MessageSourceAccessor messages;
    private final ViewResolver views;
    private final ResourceUrlProvider resources;

    ApiExceptionHandler(
            MessageSourceAccessor messages,
            @Qualifier("thymeleafViewResolver") ViewResolver views,
            ResourceUrlProvider resources) {
        this.messages = messages;
        this.views = views;
        this.resources = resources;
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> handleCoded(CodedException e, WebRequest request) {
        return render(e, HttpHeaders.EMPTY, request);
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> handleDataAccess(DataAccessException e, WebRequest request) {
        log.warn("Redis or the broker cannot be asked: {}", e.getMessage());
        return render(new CodedException(MessageCode.UNAVAILABLE), HttpHeaders.EMPTY, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        MessageCode code = CODES.getOrDefault(e.getClass(), MessageCode.INVALID_REQUEST);
        return render(new CodedException(code), headers, request);
    }

    private @Nullable ResponseEntity<Object> render(CodedException error, HttpHeaders more, WebRequest webRequest) {
        HttpServletRequest request = ((ServletWebRequest) webRequest).getRequest();
        HttpServletResponse response = ((ServletWebRequest) webRequest).getResponse();
        if (response == null || response.isCommitted()) {
            return null;
        }
        HttpHeaders headers = new HttpHeaders();
        headers.addAll(more);
        error.retryAfter().ifPresent(seconds -> headers.set(HttpHeaders.RETRY_AFTER, seconds));
        if (prefersPage(request)) {
            response.setStatus(error.status().value());
            headers.forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
            renderPage(error, request, response);
            return null;
        }
        String message = messages.getMessage(error.message());
        Map<String, String> fields =
                error.field().map(field -> Map.of(field, message)).orElse(Map.of());
        return new ApiResponse(error.data(), message, error.code(), fields).as(error.status(), headers);
    }

    /** Decides as Spring MVC does between a method that produces HTML and one that produces anything. */
    private static boolean prefersPage(HttpServletRequest request) {
        return !isApi(request.getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE))
                && PAGE.getMatchingCondition(request) != null
                && PAGE.compareTo(ANY, request) < 0;
    }

    private static boolean isApi(@Nullable Object handler) {
        return handler instanceof HandlerMethod method
                && AnnotatedElementUtils.hasAnnotation(method.getBeanType(), ResponseBody.class);
    }

    /** Renders the view itself: Spring adds no model attributes to an error's view, and a filter has no dispatcher to render it. */
    private void renderPage(CodedException error, HttpServletRequest request, HttpServletResponse response) {
        // this page loads no files, each of which would make the browser ask for the password again
        String name = error.code() == MessageCode.UNAUTHORIZED ? "http/unauthorized" : "http/error";
        Map<String, Object> model = new HashMap<>();
        model.put("site", RelativeLinks.of(request, resources));
        model.put("status", error.status().value());
        model.put("message", messages.getMessage(error.code()));
        model.put("again", error.retryAfter().isPresent());
        try {
            View view = Objects.requireNonNull(views.resolveViewName(name, Locale.ENGLISH));
            view.render(model, request, response);
        } catch (Exception e) {
            throw new IllegalStateException("The page of an error cannot be rendered", e);
        }
    }
}
