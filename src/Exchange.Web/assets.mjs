// Copies what the pages load from the npm packages into wwwroot/lib, and cuts one SVG sprite of the icons that they name.
// The build runs it; nothing that it writes is committed.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const lib = join(here, 'wwwroot', 'lib');
const modules = join(here, 'node_modules');
const icons = join(modules, '@tabler', 'icons', 'icons', 'outline');

const files = {
  'tabler.min.css': '@tabler/core/dist/css/tabler.min.css',
  'htmx.min.js': 'htmx.org/dist/htmx.min.js',
  'sse.js': 'htmx-ext-sse/sse.js',
  'chart.umd.min.js': 'chart.js/dist/chart.umd.min.js',
};

function* sources(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (['bin', 'obj', 'node_modules', 'lib'].includes(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sources(path);
    else if (/\.(cshtml|cs|js)$/.test(entry.name)) yield path;
  }
}

// <icon name="link" /> in a page, Icon("link") in code and in scripts.
const named = new Map();
for (const path of sources(here)) {
  for (const [, one, two] of readFileSync(path, 'utf8').matchAll(/<icon name="([a-z0-9-]+)"|Icon\("([a-z0-9-]+)"\)/g)) {
    const name = one ?? two;
    if (!named.has(name)) named.set(name, path);
  }
}

const symbols = [...named].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, path]) => {
  const file = join(icons, `${name}.svg`);
  if (!existsSync(file)) {
    console.error(`${path}(1): error: there is no icon "${name}" in @tabler/icons`);
    process.exitCode = 1;
    return '';
  }
  const inner = readFileSync(file, 'utf8').replace(/^[\s\S]*?<svg[^>]*>/, '').replace(/<\/svg>\s*$/, '').replace(/\s*\n\s*/g, '');
  return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">${inner}</symbol>`;
});

function write(name, text) {
  const path = join(lib, name);
  if (!existsSync(path) || readFileSync(path, 'utf8') !== text) writeFileSync(path, text);
}

mkdirSync(lib, { recursive: true });
// The product's own look: one file, in the order of their names.
const styles = join(here, 'styles');
write('desk.css', readdirSync(styles).sort().map((name) => readFileSync(join(styles, name), 'utf8')).join('\n'));

write('icons.svg', `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>\n`);
for (const [to, from] of Object.entries(files)) {
  const text = readFileSync(join(modules, from), 'utf8').replace(/\n?\/[*/]# sourceMappingURL=.*?(\*\/)?\s*$/, '\n');
  write(to, text);
}
