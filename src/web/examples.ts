/** Dockerfiles to begin with, our own: each shows one thing that a reading line by line does not see. */
import type { PageState } from './shared-link.ts';

export interface Example {
  readonly title: string;
  readonly state: PageState;
}

const manifest = `{
  "name": "shop",
  "scripts": { "build": "tsc", "start": "node dist/server.js" },
  "dependencies": { "express": "^5.1.0" },
  "devDependencies": { "typescript": "^5.9.0", "vitest": "^4.0.0" }
}
`;

export const examples: readonly Example[] = [
  {
    title: 'Development packages that ship',
    state: {
      text: `FROM node:22-alpine AS build
WORKDIR /srv/shop
COPY . .
RUN npm ci
RUN npm run build

FROM node:22-alpine
WORKDIR /srv/shop
COPY --from=build /srv/shop/node_modules ./node_modules
COPY --from=build /srv/shop/dist ./dist
EXPOSE 3000
CMD ["npm", "start"]
`,
      files: 'package.json\npackage-lock.json\ntsconfig.json\nsrc/server.ts\nREADME.md\n',
      ignore: 'node_modules\n.git\n',
      manifest,
    },
  },
  {
    title: 'One stage for everything',
    state: {
      text: `FROM node:22
WORKDIR /srv/shop
COPY . .
RUN npm install
RUN npm run build
EXPOSE 3000
CMD npm start
`,
      files: 'package.json\npackage-lock.json\ntsconfig.json\nsrc/server.ts\n',
      manifest,
    },
  },
  {
    title: 'A token in the history',
    state: {
      text: `FROM node:22-alpine AS dependencies
WORKDIR /srv/shop
ARG NPM_TOKEN
RUN echo "//registry.example.com/:_authToken=\${NPM_TOKEN}" > .npmrc
COPY package.json package-lock.json ./
RUN npm ci --omit=dev && npm cache clean --force
RUN rm .npmrc

FROM dependencies
COPY src ./src
USER node
CMD ["node", "src/server.js"]
`,
    },
  },
  {
    title: 'Stages by number, one never built',
    state: {
      text: `FROM golang:1.25 AS tools
RUN go install github.com/a-h/templ/cmd/templ@v0.3.960

FROM node:22-alpine
WORKDIR /srv/web
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build

FROM nginx:1.29-alpine
COPY --from=1 /srv/web/dist /usr/share/nginx/html
`,
    },
  },
  {
    title: 'A Next.js server, done well',
    state: {
      text: `FROM node:22-alpine AS dependencies
WORKDIR /srv/web
COPY package.json package-lock.json ./
RUN npm ci

FROM node:22-alpine AS build
WORKDIR /srv/web
COPY --from=dependencies /srv/web/node_modules ./node_modules
COPY . .
RUN npm run build

FROM node:22-alpine AS web
WORKDIR /srv/web
ENV NODE_ENV=production
COPY --from=build /srv/web/public ./public
COPY --from=build --chown=node:node /srv/web/.next/standalone ./
COPY --from=build --chown=node:node /srv/web/.next/static ./.next/static
USER node
EXPOSE 3000
CMD ["node", "server.js"]
`,
      ignore: 'node_modules\n.next\n.git\n',
    },
  },
];
