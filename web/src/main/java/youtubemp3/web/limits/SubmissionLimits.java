package youtubemp3.web.limits;

import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.DefaultRedisScript;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.stereotype.Component;
import youtubemp3.jobs.Job;
import youtubemp3.jobs.JobSettings;
import youtubemp3.jobs.limits.RateLimits;
import youtubemp3.jobs.limits.RateLimits.Limit;

/**
 * How many links an address may submit a minute, and how many of its jobs may wait. The jobs of an address are a sorted set in
 * Redis, with the time at which each was submitted.
 */
@Component
public class SubmissionLimits {

    private static final Logger log = LoggerFactory.getLogger(SubmissionLimits.class);

    /** As long as asking YouTube may take; a job has no status before. */
    private static final Duration WITHOUT_STATUS = Duration.ofMinutes(1);

    /** ARGV is the limit, the job, how long it may be without a status, and the key's time to live, in ms. */
    private static final RedisScript<Long> ADD = new DefaultRedisScript<>("""
            local time = redis.call('TIME')
            local now = time[1] * 1000 + math.floor(time[2] / 1000)
            local jobs = redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')
            for i = 1, #jobs, 2 do
              local status = redis.pcall('GET', jobs[i])
              local fresh = tonumber(jobs[i + 1]) > now - tonumber(ARGV[3])
              if status ~= 'ONQUEUE' and (status or not fresh) then redis.call('ZREM', KEYS[1], jobs[i]) end
            end
            if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[1]) then return 0 end
            redis.call('ZADD', KEYS[1], now, ARGV[2])
            redis.call('PEXPIRE', KEYS[1], ARGV[4])
            return 1""", Long.class);

    private final RateLimits rates;
    private final StringRedisTemplate redis;
    private final LimitSettings settings;
    private final Duration timeToLive;

    SubmissionLimits(RateLimits rates, StringRedisTemplate redis, LimitSettings settings, JobSettings jobs) {
        this.rates = rates;
        this.redis = redis;
        this.settings = settings;
        // with every further submission anew; retries make a job live longer than it may wait
        this.timeToLive = jobs.maxWait().plusDays(1);
    }

    /**
     * Counts a job that is about to be made.
     *
     * @throws TooManyRequestsException when the address has had its share
     * @throws DataAccessException when Redis cannot be reached
     */
    public void admit(String address, Job job) {
        if (settings.submissionsPerMinute() > 0) {
            rates.take(rateKey(address), Limit.of(settings.submissionsPerMinute(), Duration.ofMinutes(1)))
                    .ifPresent(wait -> {
                        throw new TooManyRequestsException("limit.submissions", wait);
                    });
        }
        if (settings.waitingJobs() > 0 && !add(address, job)) {
            throw new TooManyRequestsException("limit.waiting-jobs");
        }
    }

    /** Takes back a job that came to nothing. It is forgotten by itself if that fails. */
    public void takeBack(String address, Job job) {
        try {
            redis.opsForZSet().remove(waitingKey(address), job.id().toString());
        } catch (DataAccessException e) {
            log.warn("a job that came to nothing counts for another minute");
        }
    }

    private boolean add(String address, Job job) {
        return redis.execute(
                        ADD,
                        List.of(waitingKey(address)),
                        String.valueOf(settings.waitingJobs()),
                        job.id().toString(),
                        String.valueOf(WITHOUT_STATUS.toMillis()),
                        String.valueOf(timeToLive.toMillis()))
                == 1;
    }

    private String rateKey(String address) {
        return "limit:submissions:" + address;
    }

    private static String waitingKey(String address) {
        return "limit:waiting:" + address;
    }
}
