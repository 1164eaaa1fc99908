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
    /** In order: it is asked to stop, and gets its answers from Redis while it does. */
    TERM {
        @Override
        void strike(Service service, RedisProxy.Halt halt) {
            service.terminate();
            halt.release();
        }
    };

    abstract void strike(Service service, RedisProxy.Halt halt);
}
