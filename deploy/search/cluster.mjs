// Requests to OpenSearch. Every request is made here, from values that this service made: nothing of what a reader sends
// is part of it but tokens, and values of facets as terms.
import http from "node:http";
import https from "node:https";

const FIELDS = ["own_title^5", "own_body", "own_meta^2"]; // BOOSTS of generator/gongkai/search/fields.py
const SYNONYM = 0.6; // of engine.js
const MOST_TOKENS = 24; // of one wording: more are spread over it
const MOST_CLAUSES = 300; // of a query, times the fields: fewer than OpenSearch takes

/** All of some tokens, each in whatever field; a word is as rare as it is in the field that has it most, as in our index. */
export const tokens = (some) => ({ multi_match: { query: some.join(" "), type: "cross_fields", operator: "and", tie_breaker: 1, fields: FIELDS } });
export const all = (queries) => (queries.length === 1 ? queries[0] : { bool: { must: queries } });
export const narrowed = (query, filter) => (filter.length ? { bool: { must: [query], filter } } : query);

/**
 * A query of groups as this column's engine makes them. `named` gives the token of a department in the index; numbers of
 * documents and items are tokens already.
 */
export function queryOf(groups, spread, named) {
  const wordings = groups.flatMap((group) => group.alternatives || []);
  const most = Math.max(3, Math.min(MOST_TOKENS, Math.floor(MOST_CLAUSES / Math.max(wordings.length, 1))));
  const wording = ({ tokens: words, synonym }) => {
    const query = tokens(spread(words, most).map(named));
    return synonym ? { bool: { must: [query], boost: SYNONYM } } : query;
  };
  const one = (group) => {
    if (group.number) return group.token ? tokens([group.token]) : { match_none: {} };
    const ways = [...(group.item ? [tokens([group.item])] : []), ...group.alternatives.map(wording)];
    return ways.length === 1 ? ways[0] : { dis_max: { queries: ways } };
  };
  return all(groups.slice(0, MOST_CLAUSES).map(one));
}

/** Asks one index; what fails or takes too long is an error. Of several nodes one is asked, until it does not answer. */
export class Cluster {
  constructor(urls, name, { patience = 3000, user, password } = {}) {
    this.nodes = urls.split(",").map((url) => new URL(url));
    this.name = name;
    this.patience = patience;
    this.headers = { "Content-Type": "application/json" };
    if (user) this.headers.Authorization = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
    this.ways = { "https:": https, "http:": http };
    this.agents = Object.fromEntries(Object.entries(this.ways).map(([protocol, { Agent }]) => [protocol, new Agent({ keepAlive: true, maxSockets: 32 })]));
    this.waiting = null;
  }

  async request(method, path, body) {
    for (let others = this.nodes.length - 1; others > 0; others -= 1) {
      const first = this.nodes[0];
      try {
        return await this.once(first, method, path, body);
      } catch (error) {
        if (error.answered) throw error;
        if (this.nodes[0] === first) this.nodes = [...this.nodes.slice(1), first]; // nobody else has turned to another yet
      }
    }
    return this.once(this.nodes[0], method, path, body);
  }

  once(node, method, path, body) {
    const [{ request }, agent] = [this.ways[node.protocol], this.agents[node.protocol]];
    return new Promise((resolve, reject) => {
      const sent = request(new URL(path, node), { method, headers: this.headers, agent, timeout: this.patience }, (response) => {
        const chunks = [];
        response.on("data", (chunk) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          const text = Buffer.concat(chunks).toString();
          if (response.statusCode >= 300) reject(Object.assign(new Error(`${response.statusCode} ${path} ${text.slice(0, 300)}`), { answered: true }));
          else resolve(JSON.parse(text));
        });
      });
      sent.on("timeout", () => sent.destroy(new Error(`no answer in time: ${path}`)));
      sent.on("error", reject);
      sent.end(body);
    });
  }

  /** A search; all that are asked for in the same moment go together. */
  search(query) {
    if (!this.waiting) {
      this.waiting = [];
      setImmediate(() => this.send());
    }
    return new Promise((resolve, reject) => this.waiting.push({ query, resolve, reject }));
  }

  async send() {
    const together = this.waiting;
    this.waiting = null;
    const limited = { timeout: `${this.patience}ms` };
    const lines = together.map(({ query }) => `{}\n${JSON.stringify({ ...limited, ...query })}\n`).join("");
    try {
      const { responses } = await this.request("POST", `/${this.name}/_msearch`, lines);
      for (const [at, { resolve, reject }] of together.entries()) {
        const answer = responses[at];
        if (answer.error || answer.timed_out) reject(new Error(JSON.stringify(answer.error || "timed out").slice(0, 300)));
        else resolve(answer);
      }
    } catch (error) {
      for (const { reject } of together) reject(error);
    }
  }
}
