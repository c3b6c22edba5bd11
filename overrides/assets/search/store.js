/**
 * Where the bytes come from. From a web server they are fetched; from a folder (file://), where fetching is not allowed,
 * scripts hand over the same bytes: a twin of each file, or one of all files of a small column but its pack. Every file is
 * asked for once.
 */
(() => {
  "use strict";
  /** @type {ColumnSearch} */
  const root = globalThis.columnSearch || (globalThis.columnSearch = {});
  const PATIENCE = 30000; // milliseconds after which a request that hangs counts as failed
  /** @type {Map<string, (content: any) => void>} */
  const waiting = new Map();
  /** @type {Map<string, any>} */
  const arrived = new Map();

  /**
   * Called by the twin scripts: those that were asked for, and the one that the search page brings along.
   * @param {string} name @param {string|object} content base64, or a value as it is
   */
  root.receive = (name, content) => {
    const resolve = waiting.get(name);
    waiting.delete(name);
    if (resolve) {
      resolve(content);
      return;
    }
    arrived.set(name, content);
    if (root.begin) root.begin();
  };

  /** @param {string} url */
  const loadScript = (url) =>
    new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = url;
      script.addEventListener("error", () => reject(new Error(`cannot load ${url}`)));
      script.addEventListener("load", resolve);
      document.head.append(script);
    });

  /** @param {string} base @param {string} name @returns {Promise<any>} */
  const viaScript = (base, name) =>
    new Promise((resolve, reject) => {
      waiting.set(name, resolve);
      loadScript(`${base}${name}.js`).catch(reject);
    });

  /** @param {string} base64 */
  const bytesOf = (base64) => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));

  /** @param {Uint8Array<ArrayBuffer>} bytes @param {string} assets @returns {Promise<Uint8Array<ArrayBuffer>>} */
  const gunzip = async (bytes, assets) => {
    if (typeof DecompressionStream === "function") {
      // Written in, not read from a Blob: that asks another process, 30 ms on a phone for each of twenty files.
      const { readable, writable } = new DecompressionStream("gzip");
      const writer = writable.getWriter();
      for (const done of [writer.write(bytes), writer.close()]) done.catch(() => {}); // what is wrong, the reader hears
      return new Uint8Array(await new Response(readable).arrayBuffer());
    }
    if (!root.gunzip) await loadScript(`${assets}inflate.js`);
    return root.gunzip(bytes);
  };

  /**
   * What arrives in time; a request that is slower goes on, so that the next attempt finds it.
   * @template Value
   * @param {Promise<Value>} promise @param {string} name
   * @returns {Promise<Value>}
   */
  const inTime = (promise, name) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no answer for ${name}`)), PATIENCE);
      promise.then(resolve, reject).then(() => clearTimeout(timer));
    });

  /** @param {string} url */
  const fetched = async (url) => {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${response.status} ${url}`);
    return response;
  };

  /**
   * @param {string} site relative way to the site's root, ending with "/" or empty
   * @param {Manifest} [known] the manifest, where the page has it
   * @returns {Store}
   */
  root.pageStore = (site, known) => {
    const local = globalThis.location.protocol === "file:";
    const base = `${site}search/`;
    const assets = `${site}assets/search/`;
    const files = new Map();
    let manifest = known && Promise.resolve(known);
    /** @returns {Promise<Manifest>} */
    const open = () => {
      manifest =
        manifest ||
        inTime(local ? viaScript(base, "manifest") : fetched(`${base}manifest.json`).then((r) => r.json()), "manifest");
      manifest.catch(() => {
        manifest = undefined;
      });
      return manifest;
    };
    /** @type {Promise<unknown> | undefined} */
    let together;
    /** @param {string} folder */
    const offline = (folder) => {
      together = together || loadScript(`${folder}offline.js`);
      together.catch(() => {
        together = undefined;
      });
      return together;
    };
    /** @param {string} name */
    const read = async (name) => {
      const { directory, mode } = await open();
      const changing = name === "states"; // what came of records: search/index.py
      const folder = changing ? base : `${base}${directory}/`;
      if (local && mode === "pack" && name !== mode && !changing) await offline(folder);
      if (arrived.has(name)) return gunzip(bytesOf(arrived.get(name)), assets);
      if (local) return gunzip(bytesOf(await viaScript(folder, name)), assets);
      return gunzip(new Uint8Array(await (await fetched(`${folder}${name}.bin`)).arrayBuffer()), assets);
    };
    /** @param {string} name */
    const get = (name) => {
      if (!files.has(name)) {
        files.set(
          name,
          inTime(read(name), name).catch((error) => {
            files.delete(name);
            throw error;
          }),
        );
      }
      return files.get(name);
    };
    return { open, get, script: (name) => inTime(loadScript(`${assets}${name}.js`), name) };
  };
})();
