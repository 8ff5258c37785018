/** What can be wrong with ignore comments, described like rules so that it can be explained, rated and switched off. */
import { defineRule, type Rule } from '../rule.ts';
import type { Selection } from './selection.ts';

/** What a comment hides is known when all rules have run: `judgeIgnores` finds these faults, in the engine. */
const byEngine: Rule['check'] = () => [];

export const unusedIgnore = defineRule({
  id: 'unused-ignore',
  says: 'an ignore comment hides nothing',
  because: 'It will hide the next fault of this kind, which nobody has looked at.',
  instead: 'Take the name out of the comment; a finding is ignored where it stands, not where its cause is.',
  category: 'style',
  severity: 'info',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:22-alpine
# want+1: unused-ignore at "root-user" says "nothing here"
# dflint ignore=root-user
USER node
`,
  good: `FROM node:22-alpine
# dflint ignore=root-user
USER root
`,
  check: byEngine,
});

export const expiredIgnore = defineRule({
  id: 'expired-ignore',
  says: 'the day is over until which a comment ignores a rule',
  because: 'What was put off until then is due, and is reported again.',
  instead: 'Mend what it hid, or set a later day in until=.',
  category: 'style',
  severity: 'warning',
  confidence: 'certain',
  since: '0.1.0',
  bad: `FROM node:22-alpine
# want+1: expired-ignore at "2020-06-30" says "root-user"
# dflint ignore=root-user until=2020-06-30
# want: root-user
USER root
`,
  good: `FROM node:22-alpine
USER node
`,
  check: byEngine,
});

export const unknownIgnoredRule = defineRule({
  id: 'unknown-ignored-rule',
  says: 'an ignore comment names a rule that does not exist',
  because: 'It hides nothing; the finding that it is meant for is still reported.',
  instead: 'Write the id that the finding shows, or a code such as DL3002.',
  category: 'correctness',
  severity: 'warning',
  confidence: 'certain',
  since: '0.1.0',
  bad: `FROM node:22-alpine
# want+1: unknown-ignored-rule at "root-users" says "did you mean root-user"
# dflint ignore=root-users
# want: root-user
USER root
`,
  good: `FROM node:22-alpine
# dflint ignore=root-user
USER root
`,
  check: byEngine,
});

export const malformedIgnore = defineRule({
  id: 'malformed-ignore',
  says: 'an ignore comment cannot be read',
  because: 'It hides nothing, or not what its author meant.',
  instead: 'Write # dflint ignore=RULE[,RULE] reason=TEXT until=YYYY-MM-DD.',
  category: 'correctness',
  severity: 'warning',
  confidence: 'certain',
  since: '0.1.0',
  bad: `FROM node:22-alpine
# want+1: malformed-ignore at "until it is mended"
# dflint ignore=root-user until it is mended
USER root
`,
  good: `FROM node:22-alpine
# dflint ignore=root-user reason="the entrypoint drops its rights"
USER root
`,
  check: byEngine,
});

export const ignoreWithoutReason = defineRule({
  id: 'ignore-without-reason',
  says: 'an ignore comment does not say why',
  because: 'Nobody can tell later whether it is still right.',
  instead: 'Add reason=TEXT.',
  category: 'style',
  severity: 'warning',
  confidence: 'certain',
  since: '0.1.0',
  preset: 'all',
  bad: `FROM node:22-alpine
# want+1: ignore-without-reason says "root-user"
# dflint ignore=root-user
USER root
`,
  good: `FROM node:22-alpine
# dflint ignore=root-user reason=the entrypoint drops its rights
USER root
`,
  check: byEngine,
});

export const ignoreComment = defineRule({
  id: 'ignore-comment',
  says: 'a comment hides findings',
  because: 'Some teams want what is ignored in one place, the configuration, where all of it can be read.',
  instead: 'Mend it, or switch the rule off in the configuration.',
  category: 'style',
  severity: 'warning',
  confidence: 'certain',
  since: '0.1.0',
  preset: 'all',
  replaces: ['hadolint/DL1001'],
  bad: `FROM node:22-alpine
# want+1: ignore-comment says "root-user"
# dflint ignore=root-user
USER root
`,
  good: `FROM node:22-alpine
USER node
`,
  check: byEngine,
});

export const ignoreRules: readonly Rule[] = [
  unusedIgnore,
  expiredIgnore,
  unknownIgnoredRule,
  malformedIgnore,
  ignoreWithoutReason,
  ignoreComment,
];

/** Teams differ here: they speak when they are asked for by name, whatever the preset. */
const onlyByName: ReadonlySet<Rule> = new Set([ignoreWithoutReason, ignoreComment]);

/** Which of these findings are shown: what is wrong with our own comments is told under any preset. */
export const selectionFor = (rule: Rule, selection: Selection): Selection => ({
  ...selection,
  presets: onlyByName.has(rule) ? [] : [...selection.presets, 'recommended'],
});
