package youtubemp3.faults;

/** How a process ends. */
enum Death {
    KILL {
        @Override
        void strike(Service service) {
            service.kill();
        }
    },
    /** SIGTERM: the process stops in order and can use Redis while it does. */
    TERM {
        @Override
        void strike(Service service) {
            service.terminate();
        }
    };

    abstract void strike(Service service);

    /** Strikes a process that is held at the breakpoint. */
    void strike(Service service, Breakpoint breakpoint) {
        strike(service);
        breakpoint.release();
    }
}
