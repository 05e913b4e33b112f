# A small image in two stages: the build with its tools, and what runs. It needs no root, and writes nowhere but in
# DATA_DIR and /tmp, so the root file system can be read-only.
FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json build.mjs tsconfig.json tsconfig.build.json ./
# Dependencies first: they change less often than the sources. `--ignore-scripts` leaves the build to the next step.
RUN npm ci --no-audit --no-fund --ignore-scripts
COPY adapters ./adapters
COPY bench ./bench
COPY prompts ./prompts
COPY src ./src
RUN node build.mjs && npm prune --omit=dev --no-audit --no-fund --ignore-scripts && rm -rf dist/bench

FROM node:20-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3978 DATA_DIR=/data
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/prompts ./prompts
COPY --from=build /app/dist ./dist
# The image's own user, who owns nothing but the data.
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3978
# node has fetch; curl would be one more thing to keep up to date.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:3978/readyz').then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=4", "dist/src/main.js"]
