// Runs a .mpy or .py file in MicroPython for WebAssembly: node run.mjs PACKAGE/micropython.mjs FILE TEST.py
import { readFileSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { pathToFileURL } from "node:url";

const [script, file, test] = process.argv.slice(2);
const { loadMicroPython } = await import(pathToFileURL(script).href);
const micropython = await loadMicroPython({
    heapsize: 16 * 1024 * 1024,
    linebuffer: false,
    stdout: (bytes) => process.stdout.write(Buffer.from(bytes)),
});

// The module's own file system is empty: it gets what the test imports from beside it, by the names that occur in its text.
const source = readFileSync(test, "utf8");
function copy(path, to) {
    if (statSync(path).isDirectory()) {
        micropython.FS.mkdir(to);
        for (const name of readdirSync(path)) copy(join(path, name), to + "/" + name);
    } else {
        micropython.FS.writeFile(to, readFileSync(path));
    }
}
micropython.FS.mkdir("/beside");
for (const name of readdirSync(dirname(test))) {
    const isModule = name.endsWith(".py") || statSync(join(dirname(test), name)).isDirectory();
    if (isModule && name !== basename(test) && source.includes(basename(name, ".py"))) {
        copy(join(dirname(test), name), "/beside/" + name);
    }
}
micropython.FS.mkdir("/run");
micropython.FS.writeFile("/run/program" + extname(file), readFileSync(file));
try {
    // Not as __main__, which is built in and cannot be imported from a file.
    micropython.runPython('import sys\nsys.path[:] = ["/run", "/beside", ".frozen"]\nimport program');
} catch (error) {
    if (error.type !== "SystemExit") {
        process.stdout.write(String(error.message ?? error));
        process.exitCode = 1;
    }
}
