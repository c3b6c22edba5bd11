// Graded measures by form of query: what readers type, with the grades of results (2: what was wanted, 1: related), the
// pages that answer, and leads for queries that nothing answers. Any engine: ask(query) gives urls as a reader meets them from
// top to bottom, destinations, approximate.
import { readFileSync } from "node:fs";

export const GRADED = "tests/search/queries-graded.json";

/** The graded queries of a file about one site: the real column or the made-up district of the tests. */
export const gradedQueries = (site, file = GRADED) => JSON.parse(readFileSync(file, "utf8")).map(plain).filter((query) => query.site === site);

/** Both ways in which such files are written: `form` and `page` for `cat` and `pages`, leads with or without grades. */
const plain = ({ site = "real", cat, form, pages, page = [], near = [], ...query }) => ({
  ...query,
  site,
  cat: cat ?? form,
  pages: pages ?? page,
  near: Array.isArray(near) ? near : Object.keys(near),
});

const gain = (grade) => 2 ** grade - 1;
const sum = (values) => values.reduce((a, b) => a + b, 0);
export const discounted = (grades) => sum(grades.slice(0, 10).map((grade, at) => gain(grade) / Math.log2(at + 2)));

/** One query measured; what does not apply is left out. */
export function measured(query, { urls, destinations = [], approximate = false }) {
  const { grades = {}, pages = [], near = [] } = query;
  const wanted = Object.keys(grades).filter((url) => grades[url] >= 2);
  const found = {};
  const led = (some) => destinations.some((url) => some.includes(url));
  if (query.kind === "none") {
    found.false = urls.length > 0 && !approximate;
    if (near.length || pages.length) found.leads = urls.slice(0, 3).some((url) => near.includes(url)) || led([...near, ...pages]);
    if (urls.length) found.unled = !(urls.slice(0, 3).some((url) => near.includes(url)) || destinations.length);
    return found;
  }
  const sought = [...wanted, ...pages]; // a document may be graded as a page, a page may be a result
  const success = (count) => [...urls.slice(0, count), ...destinations.slice(0, count)].some((url) => sought.includes(url));
  found["s@1"] = success(1);
  found["s@3"] = success(3);
  found.none = !urls.length && !destinations.length;
  if (wanted.length) found["R@10"] = urls.slice(0, 10).filter((url) => wanted.includes(url)).length / Math.min(10, wanted.length);
  if (Object.keys(grades).length) found.nDCG = discounted(urls.map((url) => grades[url] || 0)) / discounted(Object.values(grades).sort((a, b) => b - a));
  if (pages.length) found.pages = [...urls, ...destinations].some((url) => pages.includes(url));
  return found;
}

/** Rows by form, and one for all: [form, queries, measure …]. */
export async function gradedTable(queries, ask) {
  const forms = new Map([["all", []]]);
  for (const query of queries) {
    const found = measured(query, await ask(query.q, query.site));
    for (const form of ["all", query.cat]) forms.set(form, [...(forms.get(form) || []), found]);
  }
  const mean = (values) => (values.length ? (sum(values.map(Number)) / values.length).toFixed(2) : "");
  const count = (values) => (values.length ? `${sum(values.map(Number))}/${values.length}` : "");
  return [...forms].map(([form, all]) => {
    const of = (name) => all.flatMap((one) => (name in one ? [one[name]] : []));
    return [form, all.length, ...["s@1", "s@3", "R@10", "nDCG"].map((name) => mean(of(name))), ...["none", "pages", "leads", "unled", "false"].map((name) => count(of(name)))];
  });
}

export const HEAD = ["form", "n", "s@1", "s@3", "R@10", "nDCG@10", "nothing found", "page reached", "lead shown", "approximate without a lead", "unanswerable shown as exact"];

export const markdown = (rows) => [HEAD, HEAD.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
