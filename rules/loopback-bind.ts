import { loopbackBinds } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'loopback-bind',
  says: 'the server listens on the loopback address of its container',
  because:
    'Published ports and other containers come in by another address: every connection is refused, while a check from within still passes.',
  instead: 'Let it listen on 0.0.0.0 (or ::), and limit who reaches it where the port is published.',
  category: 'correctness',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM python:3.13-slim
WORKDIR /srv/shop
COPY requirements.txt ./
RUN pip install --no-cache-dir -r requirements.txt
COPY shop ./shop
USER www-data
EXPOSE 8000
# want: loopback-bind says "127.0.0.1: nothing"
CMD ["uvicorn", "shop:app", "--host", "127.0.0.1"]
`,
  good: `FROM python:3.13-slim
WORKDIR /srv/shop
COPY requirements.txt ./
RUN pip install --no-cache-dir -r requirements.txt
COPY shop ./shop
USER www-data
EXPOSE 8000
CMD ["uvicorn", "shop:app", "--host", "0.0.0.0"]
`,
  *check(build) {
    for (const { span, said, by, flag, start } of loopbackBinds(build)) {
      const message =
        by === 'default'
          ? `${said} listens on 127.0.0.1 only unless it is told ${flag}`
          : `${said}: nothing outside of the container reaches the server`;
      const found = finding({ span }, message);
      yield by === 'variable' ? found.and(start, 'this starts the server') : found;
    }
  },
});
