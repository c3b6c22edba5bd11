// A reader with a purpose: what they click is counted, and so is what they type. Nothing is waited for that a page has
// not got: a link that is missing is said at once.
import assert from "node:assert/strict";
import { GUARD } from "./browser.mjs";

const LINE = 24;
const SETTLED = "[data-search-page] [role=status]";

export class Reader {
  clicks = 0;
  searches = 0;

  /** Milliseconds of `patience` are for what comes after the rest of a page. */
  constructor(page, home, patience = GUARD) {
    this.page = page;
    this.home = home;
    this.patience = patience;
  }

  get main() {
    return this.page.getByRole("main");
  }

  async opens(address = "") {
    await this.page.goto(this.home + address);
  }

  /** Click on something that there is, wherever on the page: scrolling is free. */
  async clicks_on(target, words) {
    const found = target.filter({ visible: true }).first();
    assert.ok(await target.filter({ visible: true }).count(), `${words}: not on ${this.page.url()}`);
    await found.click();
    this.clicks += 1;
    await this.page.waitForLoadState();
    await this.settles();
  }

  /** Follow a link by its words, or by these and a count (长清区 3份). */
  async follows(name, part = this.main) {
    const words = name instanceof RegExp ? name : new RegExp(`^${name.replace(/[.()[\]]/g, "\\$&")}( \\S+)?$`);
    await this.clicks_on(part.getByRole("link", { name: words }), `link ${name}`);
  }

  async presses(name) {
    await this.clicks_on(this.page.getByRole("button", { name }), `button ${name}`);
  }

  /** Type into the box of every page, or another one, and press Enter. */
  async looks_for(words, box = this.page.getByRole("combobox", { name: "在本专栏查找" })) {
    await box.fill(words);
    await box.press("Enter");
    this.searches += 1;
    await this.page.waitForURL(/search\//);
    await this.settles();
  }

  /** A page of results says how many it has once it knows. */
  async settles() {
    if (!/search\/(index\.html)?\?/.test(this.page.url())) return;
    await this.page.waitForFunction((place) => /条|没有/.test(document.querySelector(place)?.textContent ?? ""), SETTLED);
  }

  async status() {
    return (await this.page.locator(SETTLED).innerText()).trim();
  }

  /** What is there to be read, folded or not on the first screen. */
  async reads(words, part = this.main) {
    assert.match(await part.innerText(), words, `${words}: not to be read on ${this.page.url()}`);
  }

  /** What a page adds once the rest stands. */
  async awaits(target, words) {
    const came = target.first().waitFor({ timeout: this.patience });
    await came.catch(() => assert.fail(`${words}: does not come on ${this.page.url()}`));
  }

  /** What is seen without scrolling: a line of it at least. */
  async sees(target, words = "") {
    const found = target.filter({ visible: true }).first();
    assert.ok(await target.filter({ visible: true }).count(), `${words || target}: not on ${this.page.url()}`);
    const box = await found.boundingBox();
    const { height } = this.page.viewportSize();
    assert.ok(box.y >= 0 && box.y + Math.min(box.height, LINE) <= height, `${words || target}: at ${Math.round(box.y)}px of ${height} on ${this.page.url()}`);
  }
}
