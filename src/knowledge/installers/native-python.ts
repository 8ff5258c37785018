/**
 * Packages of Python with a compiled part: their wheels are made for one C library (manylinux, musllinux).
 *
 * Source: the files of the most downloaded packages on https://pypi.org that have no wheel for `any` platform.
 */
const native: ReadonlySet<string> = new Set(
  (
    'aiohttp argon2-cffi-bindings asyncpg bcrypt blis cffi cryptography cymem cython duckdb fastavro fiona gevent ' +
    'google-crc32c greenlet grpcio grpcio-tools h3 h5py hiredis httptools jq kiwisolver lightgbm llvmlite lxml ' +
    'matplotlib msgpack murmurhash mysqlclient netifaces numba numpy onnxruntime opencv-python ' +
    'opencv-python-headless orjson pandas pillow polars preshed psutil psycopg-binary psycopg2 psycopg2-binary ' +
    'pyarrow pydantic-core pydantic pymongo pymssql pynacl pyodbc pyproj python-ldap pyzmq rasterio regex rpds-py ' +
    'safetensors scikit-learn scipy sentencepiece shapely spacy srsly thinc tiktoken tokenizers torch torchvision ' +
    'ujson uvloop watchfiles xgboost zstandard'
  ).split(' '),
);

const nameOf = (written: string): string => written.toLowerCase().replaceAll(/[-_.]+/g, '-');

/** How the files name a package, the lockfiles first. */
const entries: readonly (readonly [RegExp, RegExp])[] = [
  [/^(?:poetry|uv|pdm)\.lock$/, /^name = "([\w.-]+)"/gm],
  [/^Pipfile\.lock$/, /^ {8}"([\w.-]+)": \{/gm],
  [/\.(?:txt|in|pip)$/, /^[ \t]*([A-Za-z][\w.-]*)/gm],
];

/** Native packages that a lockfile or a file of requirements names; undefined where it does not tell all that is installed. */
export function nativePythonPackages(file: string, text: string): readonly string[] | undefined {
  const pattern = entries.find(([name]) => name.test(file))?.[1];
  if (pattern === undefined) return undefined;
  const found = [...text.matchAll(pattern)].map(([, name = '']) => nameOf(name)).filter((name) => native.has(name));
  return found.length === 0 && !file.endsWith('.lock') ? undefined : [...new Set(found)];
}
