// Builds static/built/: one stylesheet, one script, htmx, the font and the pictures, each with a fingerprint in
// its name, and manifest.json, which ideas/web/assets.py reads. `node build.mjs --watch` builds at each change.
import { createHash } from "node:crypto";
import { cp, mkdir, readdir, readFile, rename, rm, stat, watch, writeFile } from "node:fs/promises";
import path from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import * as sass from "sass";

const here = import.meta.dirname;
const source = path.join(here, "static/src");
const target = path.join(here, "static/built");
const nhsuk = path.join(here, "node_modules/nhsuk-frontend/dist/nhsuk");
const names = "[name]-[hash]";
// What may stand in a built file although it looks like an address: the name of the SVG language.
const harmless = /^https?:\/\/(?:www\.w3\.org|htmx\.org)\//;

// Sass knows nhsuk-frontend; esbuild knows the rest. The one is a virtual file in the other.
const fromSass = {
  name: "sass",
  setup(build) {
    build.onResolve({ filter: /^\/assets\// }, ({ path: file }) => ({ path: path.join(nhsuk, file) }));
    build.onLoad({ filter: /\.scss$/ }, ({ path: file }) => {
      const made = sass.compile(file, { loadPaths: [path.join(here, "node_modules")], quietDeps: true });
      return { contents: made.css, loader: "css", watchFiles: made.loadedUrls.map((url) => url.pathname) };
    });
  },
};

async function build() {
  const workshop = `${target}.${process.pid}`;
  await rm(workshop, { recursive: true, force: true });
  await mkdir(workshop, { recursive: true });
  const made = await esbuild.build({
    entryPoints: { headroom: path.join(source, "css/headroom.css"), app: path.join(source, "js/app.js") },
    outdir: workshop,
    bundle: true,
    minify: true,
    metafile: true,
    format: "esm",
    target: ["chrome120", "firefox121", "safari17"],
    entryNames: names,
    assetNames: names,
    legalComments: "none",
    loader: { ".woff2": "file", ".svg": "file" },
    plugins: [fromSass],
    logLevel: "warning",
  });
  const manifest = {};
  for (const [file, { entryPoint, inputs }] of Object.entries(made.metafile.outputs)) {
    const from = path.basename(entryPoint ?? Object.keys(inputs)[0]);
    manifest[from === "figtree-latin-wght-normal.woff2" ? "font.woff2" : from] = path.basename(file);
  }
  manifest["htmx.js"] = await copy(path.join(here, "node_modules/htmx.org/dist/htmx.min.js"), "htmx", workshop);
  for (const picture of await readdir(path.join(source, "img"))) {
    const { name } = path.parse(picture);
    manifest[picture] = await copy(path.join(source, "img", picture), name, workshop);
  }
  await writeFile(path.join(workshop, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  await refuseForeignAddresses(workshop);
  await pack(workshop);
  await rm(target, { recursive: true, force: true });
  await rename(workshop, target);
  return manifest;
}

async function copy(file, name, folder) {
  const print = createHash("sha256").update(await readFile(file)).digest("hex").slice(0, 8).toUpperCase();
  const built = `${name}-${print}${path.extname(file)}`;
  await cp(file, path.join(folder, built));
  return built;
}

// Packed once, as small as it goes: whitenoise sends the packed file to every browser that unpacks it.
async function pack(folder) {
  for (const file of await readdir(folder)) {
    if (!/\.(css|js|svg)$/.test(file)) continue;
    const bytes = await readFile(path.join(folder, file));
    await writeFile(path.join(folder, `${file}.br`), brotliCompressSync(bytes));
    await writeFile(path.join(folder, `${file}.gz`), gzipSync(bytes, { level: 9 }));
  }
}

// A page of ours loads nothing from anywhere else; an address in a built file is the first step to that.
async function refuseForeignAddresses(folder) {
  for (const file of await readdir(folder)) {
    if (!/\.(css|js|svg|json)$/.test(file)) continue;
    const text = await readFile(path.join(folder, file), "utf8");
    const foreign = (text.match(/https?:\/\/[^\s"'`)\\]+/g) ?? []).filter((address) => !harmless.test(`${address}/`));
    if (foreign.length) throw new Error(`${file} holds a foreign address: ${foreign.join(", ")}`);
  }
}

async function report(manifest) {
  for (const file of Object.values(manifest)) {
    const bytes = await readFile(path.join(target, file));
    const size = (n) => `${(n / 1024).toFixed(1)} kB`.padStart(9);
    console.log(`${file.padEnd(44)}${size((await stat(path.join(target, file))).size)}${size(gzipSync(bytes).length)} gzip`);
  }
}

try {
  await report(await build());
} catch (error) {
  await rm(`${target}.${process.pid}`, { recursive: true, force: true });
  console.error(error.message);
  process.exitCode = 1;
}

if (process.argv.includes("--watch")) {
  let soon;
  for await (const _ of watch(source, { recursive: true })) {
    clearTimeout(soon);
    soon = setTimeout(() => build().then(() => console.log("built"), (error) => console.error(error.message)), 100);
  }
}
