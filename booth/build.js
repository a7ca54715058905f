/** Writes the bundle and its hash, and its hash for `integrity`, into a folder: dist, or the one that is given. */
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const into = process.argv[2] ?? join(here, "dist");
const outfile = join(into, "booth.js");
const made = await build({
  absWorkingDir: here,
  entryPoints: ["src/booth.js"],
  outfile,
  bundle: true,
  format: "esm",
  platform: "browser",
  target: "es2022",
  charset: "utf8",
  legalComments: "inline",
  minifySyntax: true,
  minifyWhitespace: false,
  write: false,
});
const bundle = made.outputFiles[0].contents;
const digest = (encoding) => createHash("sha256").update(bundle).digest(encoding);
mkdirSync(into, { recursive: true });
writeFileSync(outfile, bundle);
writeFileSync(`${outfile}.sha256`, `${digest("hex")}  booth.js\n`);
writeFileSync(join(into, "integrity.json"), `${JSON.stringify({ "booth.js": `sha256-${digest("base64")}` })}\n`);
