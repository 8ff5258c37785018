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

const token = /#[^\n]*|"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'|\$\{[^{}]*\}|[{};]|\s+|[^\s{};"'#$]+|[\s\S]/gy;

/** The names of directives outside of all blocks; undefined where blocks are not closed, or a template is to be filled in. */
function topDirectives(text: string): readonly string[] | undefined {
  if (text.includes('{{') || text.includes('<%')) return undefined;
  const names: string[] = [];
  let depth = 0;
  let begins = true;
  for (const [each] of text.matchAll(token)) {
    if (/^(?:\s|#)/.test(each)) continue;
    if (each === '{') depth += 1;
    if (each === '}') depth -= 1;
    if (depth < 0) return undefined;
    if (begins && depth === 0 && !/^[{};]$/.test(each)) names.push(each);
    begins = /^[{};]$/.test(each);
  }
  return depth === 0 ? names : undefined;
}
