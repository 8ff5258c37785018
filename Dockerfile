# syntax=docker/dockerfile:1

# To lint the folder one stands in, which may be mounted read-only:
#   docker build -t dflint . && docker run --rm -v "$PWD:/work:ro" dflint
#

FROM node:24.18-alpine3.23 AS build
WORKDIR /dflint
COPY package.json package-lock.json ./
RUN --mount=type=cache,target=/root/.npm npm ci --ignore-scripts
COPY rolldown.config.js tsconfig.json ./
COPY .ci/bundle ./.ci/bundle
COPY .ci/licences ./.ci/licences
COPY rules ./rules
COPY src ./src
RUN npm run build:cli

FROM node:24.18-alpine3.23 AS dflint
LABEL org.opencontainers.image.title="dflint" \
      org.opencontainers.image.description="The linter that knows what a Dockerfile really ships" \
      org.opencontainers.image.licenses="MIT"
# A container that is gone after its run keeps no compiled code.
ENV NODE_ENV=production NODE_DISABLE_COMPILE_CACHE=1
COPY package.json LICENSE /dflint/
COPY bin /dflint/bin
COPY --from=build /dflint/dist /dflint/dist
RUN ["ln", "-s", "/dflint/bin/dflint.js", "/usr/local/bin/dflint"]
WORKDIR /work
USER 1000:1000
ENTRYPOINT ["dflint"]
CMD ["."]
