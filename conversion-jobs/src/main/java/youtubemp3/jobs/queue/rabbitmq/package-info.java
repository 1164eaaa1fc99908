/** The queue on RabbitMQ. */
@NullMarked
package youtubemp3.jobs.queue.rabbitmq;

import org.jspecify.annotations.NullMarked;
