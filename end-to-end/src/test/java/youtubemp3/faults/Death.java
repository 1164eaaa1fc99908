package youtubemp3.faults;

/** How a process ends. */
enum Death {
    KILL {
        @Override
        void strike(Service service, Breakpoint breakpoint) {
            service.kill();
            breakpoint.release();
        }
    },
    /** SIGTERM: the process stops in order and can use Redis while it does. */
    TERM {
        @Override
        void strike(Service service, Breakpoint breakpoint) {
            service.terminate();
            breakpoint.release();
        }
    };

    abstract void strike(Service service, Breakpoint breakpoint);
}
