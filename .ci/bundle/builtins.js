/**
 * Modules of Node.js are asked for, not imported: an import reads all that a module exports, which makes `node:fs` load
 * the streams and the promises that linting has no use for.
 */
import { builtinModules } from 'node:module';
import { parseAst } from 'rolldown/parseAst';

const isBuiltin = (name) => name.startsWith('node:') || builtinModules.includes(name);

/** What `import * as` gives, without its reading. */
const namespaceOf = (asked) => `(m=>({__proto__:m,default:m,"module.exports":m}))(${asked})`;

/** Takes long to load, and few runs start a program: it is loaded with the first call of one of its functions. */
const late = /^(?:node:)?child_process$/;
const lateOf = (asked) => `new Proxy({},{get:(_,name)=>${asked}[name]})`;

/** The code with `const { … } = process.getBuiltinModule(…)` for each import of a module of Node.js. */
export function withoutImportedBuiltins(code) {
  let [text, at] = ['', 0];
  for (const { type, source, specifiers, start, end } of parseAst(code).body) {
    if (type !== 'ImportDeclaration' || !isBuiltin(source.value)) continue;
    const isLate = late.test(source.value);
    const loaded = `process.getBuiltinModule(${JSON.stringify(source.value)})`;
    const asked = isLate ? lateOf(loaded) : loaded;
    const parts = specifiers.map(({ type: kind, imported, local: { name } }) => {
      if (kind === 'ImportSpecifier' && isLate) return `${name}=(...given)=>${loaded}.${imported.name}(...given)`;
      if (kind === 'ImportSpecifier') return `{${imported.name}:${name}}=${asked}`;
      return `${name}=${kind === 'ImportDefaultSpecifier' ? asked : namespaceOf(asked)}`;
    });
    text += code.slice(at, start);
    if (parts.length > 0) text += `const ${parts.join(',')};`;
    at = end;
  }
  return text + code.slice(at);
}
