/**
 * In which context nginx takes a directive.
 *
 * Sources: https://nginx.org/en/docs/ngx_core_module.html, https://nginx.org/en/docs/http/ngx_http_core_module.html and the
 * "Context" line of each directive there; `include /etc/nginx/conf.d/*.conf;` stands in the http block of nginx.conf in
 * https://github.com/nginx/docker-nginx.
 */

/** `main`: the file that nginx is started with; `http`: what that includes in its http block. */
export type NginxContext = 'main' | 'http';

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** None of them may stand in the context. */
const refused: Readonly<Record<NginxContext, ReadonlySet<string>>> = {
  main: words(
    'server location upstream map geo listen server_name root index try_files proxy_pass proxy_set_header fastcgi_pass ' +
      'proxy_cache_path limit_req_zone log_format access_log default_type sendfile keepalive_timeout gzip gzip_types ' +
      'add_header client_max_body_size types if return rewrite',
  ),
  http: words(
    'events http stream mail user pid daemon master_process worker_processes worker_rlimit_nofile worker_cpu_affinity ' +
      'worker_connections load_module env pcre_jit location listen',
  ),
};

/** The first directive of a file that nginx does not take in this context; it does not start then. */
export const refusedDirective = (text: string, context: NginxContext): string | undefined =>
  topDirectives(text)?.find((name) => refused[context].has(name));

/** The names of directives outside of all blocks; undefined where blocks are not closed, or a template is to be filled in. */
function topDirectives(text: string): readonly string[] | undefined {
  if (text.includes('{{') || text.includes('<%')) return undefined;
  const names: string[] = [];
  let depth = 0;
  let begins = true;
  for (let at = 0, end: number | undefined; at < text.length; at = end) {
    end = endOfToken(text, at);
    if (end === undefined) return undefined;
    const token = text.slice(at, end);
    if (/^[\s#]/.test(token)) continue;
    if (token === '{') depth += 1;
    if (token === '}') depth -= 1;
    if (depth < 0) return undefined;
    const isMark = /^[{};]$/.test(token);
    if (begins && depth === 0 && !isMark) names.push(token);
    begins = isMark;
  }
  return depth === 0 ? names : undefined;
}

/** Of white space, a comment, a mark, a quoted word, `${NAME}`, or a part of a word. */
function endOfToken(text: string, at: number): number | undefined {
  const first = text[at] ?? '';
  if (first === '#') return ending(text.indexOf('\n', at), text.length, 0);
  if (first === '"' || first === "'") return endOfQuoted(text, at, first);
  if (text.startsWith('${', at)) return ending(text.indexOf('}', at), undefined, 1);
  if (/[{};$]/.test(first)) return at + 1;
  const others = /\s/.test(first) ? /\S/g : /[\s{};"'#$]/g;
  others.lastIndex = at + 1;
  return others.exec(text)?.index ?? text.length;
}

const ending = (found: number, otherwise: number | undefined, more: 0 | 1): number | undefined =>
  found === -1 ? otherwise : found + more;

function endOfQuoted(text: string, from: number, quote: string): number | undefined {
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === quote) return at + 1;
  }
  return undefined;
}
