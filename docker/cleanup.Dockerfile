# Step 10 of the way: busybox's crond, a crontab of one line, and one shell script.
FROM alpine:3.22
# the same user as web's and the worker's, whose files it removes
RUN echo 'youtube-mp3:x:10001:10001::/data:/sbin/nologin' >> /etc/passwd \
 && echo 'youtube-mp3:x:10001:' >> /etc/group \
 && mkdir /data \
 && chown 10001:10001 /data
COPY --chmod=755 cleanup/cleanup.sh /usr/local/bin/
COPY --chmod=644 cleanup/crontab /crontabs/youtube-mp3
# crond begins as root, which may change to the user of a crontab: as anybody else it ends with "can't set groups". The
# script runs as that user, and all that root may do in the container is change to it (see docker-compose.yml).
CMD ["crond", "-f", "-c", "/crontabs", "-L", "/dev/stderr"]
LABEL org.opencontainers.image.title="youtube-mp3 cleanup" \
      org.opencontainers.image.description="Removes MP3 files past their time, and what unfinished conversions left" \
      org.opencontainers.image.licenses="Apache-2.0"
