package youtubemp3.faults;

/** How a process ends. */
enum Death {
    KILL {
        @Override
        void strike(Service service, RedisProxy.Halt halt) {
            service.kill();
            halt.release();
        }
    },
    /** SIGTERM: the process stops in order and can use Redis while it does. */
    TERM {
        @Override
        void strike(Service service, RedisProxy.Halt halt) {
            service.terminate();
            halt.release();
        }
    };

    abstract void strike(Service service, RedisProxy.Halt halt);
}
