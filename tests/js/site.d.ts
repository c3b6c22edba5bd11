/**
 * What the scripts of the site (overrides/assets) hand to each other, find in its pages, and read from its index. They are
 * classic scripts that share `columnSearch` and `columnReading`; `tsc --checkJs` holds each to these types.
 */

/** A token's records: their numbers, ascending, and how well each fits. */
interface Posting {
  count: number;
  ids: Uint32Array;
  weights: Float32Array;
}

/** A record as results show it. */
interface Entry {
  document: string;
  number: string | null;
  organ: string;
  organName: string;
  year: number;
  date: string | null;
  kind: string;
  head: boolean;
  title: string;
  text: string;
  units: string;
  url: string;
}

/** A record's row in a pack or a fragment: kind, title, text, units, address, and in a pack its document and themes. */
type EntryRow = [kind: string, title: string, text: string, units: string, url: string, ...rest: unknown[]];
type PackRow = [document: number, kind: string, title: string, text: string, units: string, url: string, themes: number[]];
type DocumentRow = [string, string | null, string, string, number, string | null];

/** One way to say a piece of a query; `unit` is the number of a group of department names. */
interface Alternative {
  tokens: string[];
  text: string;
  synonym?: boolean;
  unit?: number;
}

/** A piece of a query, of which one alternative must hold: words, or a document number (code, year, number). */
type Group = WordGroup | NumberGroup;
interface WordGroup {
  alternatives: Alternative[];
  number?: undefined;
  loose?: undefined;
}
interface NumberGroup {
  number: [code: string, year: string, number: string];
  alternatives?: undefined;
  loose?: boolean;
}

/** Spellings of departments as one expression, and the group of each. */
interface Spellings {
  groupOf: Map<string, number>;
  pattern: RegExp | null;
}

/** Records with their scores. */
type Scores = Map<number, number>;
type Pair = [record: number, score: number];

/** How a query was read, and what was found so. */
interface Reading {
  found: Scores;
  groups: Group[];
  note: string;
  approximate: boolean;
  named?: boolean;
}

interface Hit {
  record: number;
  score: number;
  exact: boolean;
  literal: boolean;
  entry: Entry;
}

interface Answer {
  query: string;
  total: number;
  approximate: boolean;
  note: string;
  groups: Group[];
  hits: Hit[];
  matches: number[];
}

type Narrowed = "in" | "organ" | "year" | "theme" | "audience" | "kind";
interface SearchOptions extends Partial<Record<Narrowed, string>> {
  sort?: string;
  limit?: number;
  offset?: number;
}

/** What stands at the head of an index, whatever its size (generator/gongkai/search/index.py). */
interface Head {
  size: number;
  units: string[][];
  names: string[];
  questions: string[];
  districts: string[];
  years: [year: number, count: number][];
  audiences?: boolean;
  same: string[][];
  to: Record<string, string[]>;
}

interface PackHead extends Head {
  records: PackRow[];
  documents: DocumentRow[];
  organs: [id: string, name: string][];
  themes: [id: string, name: string][];
}

interface ShardHead extends Head {
  heavy: [names: string[], counts: number[]];
  buckets: number;
  fragment: number;
}

/** Numbers of values that a record has. */
type Places = Iterable<number> & { includes(at: number): boolean };

interface Facets {
  organs: [id: string, name: string][];
  themes: [id: string, name: string][];
  kinds: string[];
  organOf(record: number): number;
  kindOf(record: number): number;
  themesOf(record: number): Places;
}

/** The index of a column, small (pack.js) or large (shards.js). */
interface IndexReader {
  head: Head;
  spellings: Spellings;
  open(): Promise<IndexReader>;
  isHeavy(token: string): number;
  posting(token: string): Promise<Posting | null>;
  entry(record: number): Promise<Entry>;
  facets(): Promise<Facets>;
}

interface Manifest {
  mode: "pack" | "shards";
  directory: string;
}

/** Where the bytes come from (store.js). */
interface Store {
  open(): Promise<Manifest>;
  get(name: string): Promise<Uint8Array<ArrayBuffer>>;
  script(name: string): Promise<unknown>;
}

interface WordEntry {
  word: string;
  sound: string;
  weight: number;
}

interface Understanding {
  synonyms: Map<string, string[]>;
  groups(query: string): Group[];
  apart(query: string): Group[] | null;
  keywords(query: string): WordGroup[];
}

interface Words {
  starting(letter: string): Promise<WordEntry[]>;
  sounds(text: string): Promise<string[]>;
  traditional(text: string): Promise<string>;
  byPinyin(latin: string): Promise<string[]>;
  repair(
    groups: Group[],
    known: (tokens: string[]) => Promise<boolean>,
    departments: (text: string) => Alternative[],
  ): Promise<{ groups: Group[]; word: string } | null>;
}

interface Otherwise {
  words: Words;
  read(query: string, groups: Group[]): Promise<Reading>;
}

interface Narrowing {
  inside(found: Scores, file?: string): Promise<Scores>;
  filtered(found: Scores, options: SearchOptions): Promise<Pair[]>;
  titleOf(file: string): Promise<string>;
  counts(matches: number[], options?: SearchOptions): Promise<Record<string, [id: string, name: string, matches: number][]>>;
}

interface Engine {
  reader: IndexReader;
  store: Store;
  understanding: Understanding;
  evaluate(groups: Group[]): Promise<Scores>;
  otherwise(): Promise<Otherwise>;
  narrowing(): Promise<Narrowing>;
  search(query: string, options?: SearchOptions): Promise<Answer>;
}

/** Who a record concerns: the groups of people in use, and whether it concerns one. */
interface Concerned {
  audiences: [id: string, name: string][];
  concerns(audience: number, record: number): boolean;
}

/** What the address of the search page says. */
interface SearchState extends Partial<Record<Narrowed, string>> {
  q: string;
  sort: string;
  [name: string]: string | undefined;
}

/** A place in bytes that are being read. */
interface Cursor {
  at: number;
}

/** What is known of a character. */
interface Sound {
  sound?: string;
  simplified?: string;
}

/** As much of Pagefind as the adapter asks for. */
interface Pagefind {
  search(
    words: string,
    options: { filters: Record<string, string | undefined> },
  ): Promise<{ results: { id: string; score: number; data(): Promise<unknown> }[] }>;
}

/** All that the scripts of the search share; what is loaded only when it is needed is asked for before it is used. */
interface ColumnSearch {
  text: {
    fold(text: string): string;
    normalize(text: string): string;
    tokens(normalized: string): string[];
    singleCharacters(normalized: string): string[];
    documentNumbers(normalized: string): string[];
    queryTokens(text: string): string[];
  };
  readers: {
    entryOf(document: DocumentRow, row: EntryRow): Entry;
    json(bytes: Uint8Array<ArrayBuffer>): any;
    spellings(groups: string[][]): Spellings;
    pack: new (store: Store) => IndexReader;
    shards: new (store: Store) => IndexReader;
  };
  highlight: {
    spans(text: string, words: string[]): [number, number][];
    excerpt(text: string, words: string[]): [text: string, marked: boolean][];
    wordsOf(groups: Group[], spellings: string[][]): string[];
  };
  NARROWS: Narrowed[];
  Understanding: new (head: Head, spellings: Spellings) => Understanding;
  Engine: new (reader: IndexReader, store: Store) => Engine;
  Words: new (store: Store) => Words;
  Otherwise: new (engine: Engine) => Otherwise;
  Narrowing: new (engine: Engine) => Narrowing;
  gunzip: (data: Uint8Array) => Uint8Array<ArrayBuffer>;
  receive(name: string, content: unknown): void;
  begin?: (() => void) | null;
  pageStore(site: string, known?: Manifest): Store;
  openReader(store: Store): Promise<IndexReader>;
  openEngine(store: Store): Promise<Engine>;
  sharedEngine(site: string): Promise<Engine>;
  engine?: Promise<Engine> | null;
  spread<Item>(items: Item[], count: number): Item[];
  suggestions(engine: Engine, typed: string): Promise<string[]>;
  startBox(input: SearchBox): void;
  pagefindAdapter: unknown;
}

/** Made by whichever script comes first; each takes it as ColumnSearch. */
declare var columnSearch: any;

/** How this reader likes to read (prefs.js). */
interface ColumnReading {
  get(name: string): string;
  set(name: string, value: string): void;
}

interface Window {
  columnReading: ColumnReading;
}

/** The search page as its template makes it (overrides/bodies/search.html). */
interface SearchView extends HTMLElement {
  dataset: { kinds: string; index: Manifest["mode"]; directory: string };
  querySelector(selectors: "form"): HTMLFormElement & { sort: HTMLSelectElement };
  querySelector(selectors: "input[name=q]"): HTMLInputElement;
  querySelector(selectors: ".hits"): HTMLOListElement;
  querySelector(selectors: ".more"): HTMLButtonElement;
  querySelector(selectors: "[role=status]" | ".search-scope" | ".filters"): HTMLElement;
}

/** The box in the header (overrides/partials/column-search.html). */
interface SearchBox extends HTMLInputElement {
  dataset: { suggest: string };
  form: HTMLFormElement;
}

/** A table that sorts or can be narrowed: it has a head, and a frame that scrolls around it. */
interface MarkedTable extends HTMLTableElement {
  tHead: HTMLTableSectionElement;
  parentElement: HTMLElement;
}
interface BodyRow extends HTMLTableRowElement {
  parentElement: HTMLElement;
}

/** An element that was looked for by its data attributes: those are there. */
interface Marked extends HTMLElement {
  dataset: Record<string, string>;
}

interface Element {
  closest(selectors: "details.chapter"): HTMLDetailsElement | null;
}

/** A map that is asked only for what it holds. */
interface Kept<Key, Value> extends Map<Key, Value> {
  get(key: Key): Value;
}

interface JSON {
  /** Of an item of the storage that there is not: null. */
  parse(text: string | null): any;
}

interface Array<T> {
  every(predicate: BooleanConstructor): this is NonNullable<T>[];
}

/** What scripts look for in the pages. */
interface ParentNode {
  querySelector(selectors: "[data-suggest]"): SearchBox | null;
  querySelector(selectors: "[data-search-page]"): SearchView | null;
  querySelectorAll(selectors: "table.sortable" | "table.narrowed"): NodeListOf<MarkedTable>;
  querySelectorAll(selectors: "tbody tr:not(.group)"): NodeListOf<BodyRow>;
  querySelectorAll(selectors: "details.chapter"): NodeListOf<HTMLDetailsElement>;
  querySelectorAll(selectors: string): NodeListOf<Marked>;
}
