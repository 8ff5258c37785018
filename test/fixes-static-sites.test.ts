/** Front ends that are built to files and served by Node.js: text in, text out, through the command line. */
import { expect, test } from 'vitest';
import { fixedProject } from './harness/fixed-project.ts';

type Files = Readonly<Record<string, string>>;

const fixed = async (text: string, files: Files): Promise<string> =>
  (await fixedProject('single-stage-build', { ...files, Dockerfile: text }, '--unsafe-fixes')).Dockerfile;

const shop = {
  'package.json': JSON.stringify({
    scripts: { build: 'vite build', preview: 'vite preview', start: 'serve -s dist' },
    dependencies: { react: '^19' },
    devDependencies: { vite: '^7' },
  }),
  'package-lock.json': '{"lockfileVersion":3,"packages":{}}',
  'index.html': '<!doctype html>\n',
  'vite.config.ts': "import { defineConfig } from 'vite';\nexport default defineConfig({ plugins: [] });\n",
  '.dockerignore': 'node_modules\ndist\n.git\n',
};

const built = `FROM node:22-alpine
WORKDIR /app
COPY package*.json ./
RUN npm ci
COPY . .
RUN npm run build
`;

const served = (port: number, files: string): string => `FROM nginxinc/nginx-unprivileged:1.30-alpine
COPY <<'EOF' /etc/nginx/conf.d/default.conf
server {
    listen ${port};
    root /usr/share/nginx/html;

    location / {
        try_files $uri ${files};
    }
}
EOF
COPY --from=build /app/dist /usr/share/nginx/html
EXPOSE ${port}
`;
const single = '$uri/ /index.html';
const pages = '$uri.html $uri/ =404';

test.each([
  ['serve, installed for it', 'RUN npm install -g serve\n', 'CMD ["serve", "-s", "dist", "-l", "3000"]', 3000, single],
  ['serve in shell form', 'RUN npm i -g serve@14\n', 'CMD serve -s dist -l tcp://0.0.0.0:8080', 8080, single],
  ['serve by npx', '', 'CMD ["npx", "--yes", "serve", "dist"]', 3000, pages],
  ['a script of the manifest', '', 'CMD ["npm", "start"]', 3000, single],
  ['http-server', 'RUN npm i -g http-server\n', 'CMD ["http-server", "dist", "-p", "5000"]', 5000, pages],
  ['the preview of Vite', '', 'CMD ["npm", "run", "preview", "--", "--host", "0.0.0.0"]', 4173, single],
  ['the preview of Vite at another port', '', 'CMD ["npx", "vite", "preview", "--host", "--port=80"]', 80, single],
])('%s becomes nginx', async (_, install, start, port, files) => {
  expect(await fixed(`${built}${install}${start}\n`, shop)).toBe(
    `${built.replace('alpine', 'alpine AS build')}\n${served(port, files)}`,
  );
});

test('labels, ports, comments and what the build is told stay', async () => {
  const text = `${built.replace('RUN npm run', 'ARG VITE_API_URL\nENV VITE_API_URL=$VITE_API_URL\nRUN npm run')}LABEL org.opencontainers.image.title="shop"
EXPOSE 3000/tcp
# Any path is the page
CMD ["npx", "serve", "-s", "dist"]
`;
  const after = await fixed(text, shop);
  expect(after).toContain('ARG VITE_API_URL\nENV VITE_API_URL=$VITE_API_URL\nRUN npm run build\n\nFROM nginx');
  expect(after.split('\nFROM ')[1]).toBe(
    served(3000, single)
      .replace('FROM ', '')
      .replace('COPY <<', 'LABEL org.opencontainers.image.title="shop"\n# Any path is the page\nCOPY <<')
      .replace('EXPOSE 3000', 'EXPOSE 3000/tcp'),
  );
});

const started = `${built}CMD ["npx", "serve", "-s", "dist"]\n`;
test.each([
  ['settings of its own', started, { 'serve.json': '{}' }],
  ['an option that is not known', started.replace('"-s"', '"--cors"'), {}],
  ['a folder that nobody builds', started.replace('"dist"', '"."'), {}],
  [
    'settings of Vite that lead elsewhere',
    built.concat('CMD ["npm", "run", "preview"]\n'),
    { 'vite.config.ts': "export default { build: { outDir: 'site' } };\n" },
  ],
  ['a check of its health', started.replace('CMD', 'HEALTHCHECK CMD wget -q http://localhost:3000\nCMD'), {}],
])('no fix: %s', async (_, text, files: Files) => {
  expect(await fixed(text, { ...shop, ...files })).toBe(text);
});
