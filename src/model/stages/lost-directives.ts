/** Parser directives that BuildKit does not see. */
import { type LostDirective, lostDirectives } from '../../syntax/index.ts';
import type { Build } from '../build.ts';

export type { LostDirective };

export const directivesLost = ({ file }: Build): Iterable<LostDirective> => lostDirectives(file);
