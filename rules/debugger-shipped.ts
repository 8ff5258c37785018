import { shippedDebuggers } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'debugger-shipped',
  says: 'the image that ships holds a debugger',
  because:
    'It slows every request down, shows what runs to whoever reaches its port, and can be made to run their code.',
  instead: 'Install it in a stage for developers that is based on this one, and build that with --target.',
  category: 'security',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  replaces: ['tally/php/no-xdebug-in-final-image'],
  bad: `FROM php:8.4-fpm
# want: debugger-shipped at "xdebug-3.4.5" says "xdebug"
RUN pecl install xdebug-3.4.5 && docker-php-ext-enable xdebug
WORKDIR /srv/shop
COPY . .
USER www-data
`,
  good: `FROM php:8.4-fpm AS shop
WORKDIR /srv/shop
COPY . .
USER www-data

FROM shop AS development
USER root
RUN pecl install xdebug-3.4.5 && docker-php-ext-enable xdebug
USER www-data
`,
  *check(build) {
    for (const { span, target, name, switchedOff } of shippedDebuggers(build)) {
      const found = finding({ span }, `${name} is in the image`).and(target.from, 'this stage is the image that ships');
      yield switchedOff ? found.rated({ severity: 'info' }) : found;
    }
  },
});
