import { rootHomes } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'root-home-unreachable',
  says: 'the image holds in /root what its user needs',
  because: 'Nobody but root may enter /root, so that programs and packages in it are not found, or not permitted.',
  instead:
    'Install them where every user may read: a virtual environment in /opt, pip install --prefix=/install, /usr/local.',
  category: 'correctness',
  severity: 'error',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM python:3.13-slim AS build
WORKDIR /srv/shop
COPY requirements.txt ./
RUN pip install --no-cache-dir --user -r requirements.txt

FROM python:3.13-slim
WORKDIR /srv/shop
# want: root-home-unreachable says "/root/.local"
COPY --from=build /root/.local /root/.local
ENV PATH=/root/.local/bin:$PATH
COPY app ./app
USER 1000
CMD ["gunicorn", "app:shop"]
`,
  good: `FROM python:3.13-slim AS build
WORKDIR /srv/shop
RUN python -m venv /opt/shop
COPY requirements.txt ./
RUN /opt/shop/bin/pip install --no-cache-dir -r requirements.txt

FROM python:3.13-slim
WORKDIR /srv/shop
COPY --from=build /opt/shop /opt/shop
ENV PATH=/opt/shop/bin:$PATH
COPY app ./app
USER 1000
CMD ["gunicorn", "app:shop"]
`,
  *check(build) {
    for (const { at, path, is, user, target } of rootHomes(build)) {
      const who = user.name === undefined ? 'the user of the image' : `user ${user.name.split(':', 1)[0]}`;
      const what = is === 'workdir' ? `${who} cannot work in ${path}` : `${path} is of no use to ${who}`;
      yield finding(at, `${what}: root alone may enter /root`)
        .and(user, 'the container starts as that user')
        .and(target.from, 'this is the image that ships')
        .rated(is === 'copied' ? { severity: 'warning' } : {});
    }
  },
});
