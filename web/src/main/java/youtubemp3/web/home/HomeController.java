package youtubemp3.web.home;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;

@Controller
class HomeController {

    private final HomePage page;

    HomeController(HomePage page) {
        this.page = page;
    }

    @GetMapping("/")
    ModelAndView home() {
        return page.empty();
    }
}
