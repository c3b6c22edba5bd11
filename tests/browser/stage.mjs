// A browser and the site on a server, for the tests of one file; both are closed when these are done.
import { after } from "node:test";
import { launch, serve } from "./browser.mjs";

export async function stage(more = []) {
  const browser = await launch(more);
  const server = await serve();
  after(async () => {
    await browser.close();
    server.close();
  });
  return { browser, server };
}
