# syntax=docker/dockerfile:1
# Assay for whoever is not on AWS: `docker compose up`, or this image beside a Postgres of yours.

FROM node:24-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
# Nothing that runs here needs a script of its package, and none gets to run one.
RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev --ignore-scripts

FROM node:24-slim
ENV NODE_ENV=production ASSAY_HOME=/data
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY package.json LICENSE ./
COPY config ./config
COPY sandbox ./sandbox
COPY connectors ./connectors
COPY src ./src
# The store while there is no DATABASE_URL.
RUN mkdir /data && chown node:node /data
VOLUME /data
USER node
EXPOSE 8080
# Alive, not ready: whoever restarts a process for a slow database makes it worse.
HEALTHCHECK --interval=30s --timeout=3s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8080/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "--max-semi-space-size=8", "--heap-growing-percent=30", "src/cli/main.ts"]
CMD ["serve", "--host", "0.0.0.0"]
