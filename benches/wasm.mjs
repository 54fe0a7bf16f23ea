// Runs a benchmark in MicroPython for WebAssembly: node wasm.mjs PACKAGE/micropython.mjs PROGRAM FORM N M
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

const [script, program, ...args] = process.argv.slice(2);
const { loadMicroPython } = await import(pathToFileURL(script).href);
const micropython = await loadMicroPython({ heapsize: 64 * 1024 * 1024, stdout: (line) => console.log(line) });
// The module's own file system is empty: give it what programs import.
micropython.FS.writeFile("/bench.py", readFileSync(join(dirname(program), "bench.py"), "utf8"));
const words = JSON.stringify([program, ...args]);
micropython.runPython(`import sys\nsys.path.append("/")\nsys.argv[:] = ${words}\n`);
// This build has no emitters and refuses their decorators; only plain forms are asked of it.
micropython.runPython(readFileSync(program, "utf8").replaceAll("@micropython.viper", ""));
