// Builds what the browser gets: one style sheet, one script, the charts, the icons. Run by `run.py build` after `npm ci`.
// Everything lands in gangmu/web/static/built, which git ignores; nothing here asks the network for anything.
import { existsSync } from "node:fs";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const here = path.dirname(fileURLToPath(import.meta.url));
const assets = path.join(here, "gangmu", "web", "assets");
const built = path.join(here, "gangmu", "web", "static", "built");
const SHIPPED = ["bootstrap", "htmx.org", "echarts", "zrender", "tslib", "@tabler/icons"];

const common = {
  bundle: true,
  minify: true,
  target: ["es2019", "chrome92", "safari14.1"],
  outdir: built,
  legalComments: "linked",
  charset: "utf8",
  logLevel: "warning",
};

await rm(built, { recursive: true, force: true });
await mkdir(built, { recursive: true });
await Promise.all([
  esbuild.build({ ...common, entryPoints: [path.join(assets, "app.css"), path.join(assets, "dark.css")] }),
  esbuild.build({
    ...common,
    format: "iife",
    entryPoints: [path.join(assets, "js", "app.js"), path.join(assets, "js", "charts.js")],
  }),
  writeIcons(),
  writeLicences(),
]);

/** One sprite from the list of names: an icon that does not exist stops the build. */
async function writeIcons() {
  const names = JSON.parse(await readFile(path.join(assets, "icons.json"), "utf8"));
  const symbols = await Promise.all(names.map(async (name) => {
    const file = path.join(here, "node_modules", "@tabler", "icons", "icons", "outline", `${name}.svg`);
    const drawing = (await readFile(file, "utf8")).match(/<svg[^>]*>([\s\S]*)<\/svg>/)[1];
    return `<symbol id="${name}" viewBox="0 0 24 24">${drawing.replace(/\s*\n\s*/g, "")}</symbol>`;
  }));
  await writeFile(path.join(built, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`);
}

/** Name, version and licence text of everything that is shipped to the browser. */
async function writeLicences() {
  const texts = await Promise.all(SHIPPED.map(async (name) => {
    const folder = path.join(here, "node_modules", name);
    const about = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8"));
    const entries = await readdir(folder, { withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile() && /^(licen[cs]e|notice|copying)/i.test(entry.name))
      .map((entry) => entry.name).sort();
    const bodies = await Promise.all(files.map((file) => readFile(path.join(folder, file), "utf8")));
    return [`${name} ${about.version} (${about.license})`, ...bodies].join("\n\n");
  }));
  await writeFile(path.join(built, "THIRD_PARTY.txt"), texts.join(`\n\n${"=".repeat(80)}\n\n`));
}

for (const file of ["app.css", "dark.css", "app.js", "charts.js", "icons.svg", "THIRD_PARTY.txt"]) {
  if (!existsSync(path.join(built, file))) throw new Error(`the build did not write ${file}`);
}
