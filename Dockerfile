# syntax=docker/dockerfile:1
# dflint as an image: docker run --rm -v "$PWD:/work:ro" dflint Dockerfile

FROM node:22-alpine AS build
WORKDIR /dflint
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build:cli

FROM node:22-alpine AS dflint
WORKDIR /dflint
COPY --from=build /dflint/package.json ./
COPY --from=build /dflint/bin ./bin
COPY --from=build /dflint/dist ./dist
USER node
WORKDIR /work
ENTRYPOINT ["node", "/dflint/bin/dflint.js"]
CMD ["--help"]
