#!/usr/bin/env node
/**
 * `npm run build:cli`, its first step: the bundle of rolldown.config.js, into dist or the folder that is given. rolldown's
 * own command would print a table of its ninety files.
 */
import { build } from 'rolldown';
import config from '../../rolldown.config.js';

const { dir } = config.output;
await build({ ...config, logLevel: 'warn', output: { ...config.output, dir: process.argv[2] ?? dir } });
