/**
 * What the scripts of the site (overrides/assets) hand to each other, find in its pages, and read from its index. They are
 * classic scripts that share `columnSearch` and `columnReading`; `tsc --checkJs` holds each to these types.
 */

/** A token's records: their numbers, ascending, and how well each fits. */
interface Posting {
  count: number;
  ids: Uint32Array;
  weights: Float32Array;
  /** Only of the newest records. */
  partial?: boolean;
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
  own: boolean;
  heading: boolean;
  title: string;
  text: string;
  units: string;
  url: string;
  /** Its latest news in words, where the newest come first. */
  news?: string;
}

/** A record's row in a fragment: kind with its marks, title, text, units, address (row_of of corpus.py). */
type EntryRow = [kind: string, title: string, text: string, units: string, url: string];
type DocumentRow = [string, string | null, string, string, number, string | null];

/** One way to say a piece of a query; `unit` is the number of a group of department names. */
interface Alternative {
  tokens: string[];
  text: string;
  synonym?: boolean;
  /** It is what documents call it, and does not say the same. */
  far?: boolean;
  unit?: number;
}

/**
 * A piece of a query, of which one alternative must hold: words, an item by its number (a token), or a document number
 * (code, year, number).
 */
type Group = WordGroup | NumberGroup;
interface WordGroup {
  alternatives: Alternative[];
  item?: string;
  number?: undefined;
  loose?: undefined;
}
interface NumberGroup {
  number: [code: string, year: string, number: string];
  alternatives?: undefined;
  item?: undefined;
  loose?: boolean;
}

/** A page that a query names; `organ` is the place of its district, -1 where it is of none. */
interface Destination {
  kind: "unit" | "page" | "theme" | "audience" | "organ" | "year";
  title: string;
  url: string;
  organ: number;
  near?: boolean;
}

/** Rows of destinations.py: a group of departments with spellings, a page with names. */
type SpellingRow = [group: number, ...names: string[]];
type PageRow = [kind: number, title: string, url: string, organ: number, ...names: string[]];

/** Spellings of departments as one expression, the group of each, and those of each group. */
interface Spellings {
  groupOf: Map<string, number>;
  groups: string[][];
  pattern: RegExp | null;
}

/** Spellings and names of pages, as far as they are loaded. */
interface Names extends Spellings {
  pages: Map<string, Destination[]>;
  load(texts: string[]): Promise<void>;
  among(texts: string[]): (name: string) => Destination[];
  add(rows: [spellings: SpellingRow[], pages: PageRow[]]): void;
}

/** Records with their scores. */
interface Scores extends Map<number, number> {
  /** Only the newest records were asked for. */
  partial?: boolean;
}
type Pair = [record: number, score: number];

/** How a query was read, and what was found so. */
interface Reading {
  found: Scores;
  groups: Group[];
  text: string;
  note: string;
  approximate: boolean;
  named?: boolean;
  newest?: boolean;
  repaired?: boolean;
}

interface Hit {
  record: number;
  score: number;
  exact: boolean;
  literal: boolean;
  /** It has only what documents call a word. */
  far: boolean;
  entry: Entry;
  /** What happened to it last, where the newest come first. */
  news?: News;
}

/** What happened to a record after it was published. */
interface News {
  day: string;
  what: string;
}

type LatestNews = Map<number, News>;

interface Answer {
  query: string;
  /** The query as it was understood at last. */
  text: string;
  total: number;
  approximate: boolean;
  note: string;
  groups: Group[];
  destinations: Destination[];
  /** The answer to a question, to be shown in place; null where no question of the column is asked. */
  answer: InPlace | null;
  hits: Hit[];
  /** More than `total`: older records with these words are left out for the time being. */
  partial: boolean;
  matches: number[];
}

/** An answer as printed: its first sentences, whether that is all, its sources and the day that it is of. */
interface InPlace {
  question: string;
  url: string;
  text: string;
  whole: boolean;
  day: string;
  sources: { title: string; clause: string; url: string }[];
}

type Narrowed = "in" | "organ" | "year" | "theme" | "audience" | "kind" | "state";
interface SearchOptions extends Partial<Record<Narrowed, string>> {
  sort?: string;
  limit?: number;
  offset?: number;
}

/** What stands at the head of an index, whatever its size (generator/gongkai/search/index.py). */
interface Head {
  size: number;
  spellings: SpellingRow[];
  few?: number;
  questions: string[];
  regions?: string[];
  counted?: Record<string, string>;
  districts: string[][];
  years: [year: number, count: number][];
  audiences?: boolean;
  states?: boolean;
  /** Whether a file 'lists' says what lists have of a district and year. */
  lists?: boolean;
  /** Files that answers lie in, and the kinds of records that have one. */
  answers?: [files: number, ...kinds: string[]];
  same: string[][];
  to: Record<string, string[]>;
}

interface PackHead extends Head {
  documents: DocumentRow[];
  organs: [id: string, name: string][];
  runs: [document: number, records: number][];
  kinds: string;
  texts: string;
  units: string;
  urls: string;
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
  spellings: Names;
  open(): Promise<IndexReader>;
  newer(a: number, b: number): number;
  days(news: LatestNews): Promise<void>;
  isHeavy(token: string): number;
  posting(token: string, all?: boolean): Promise<Posting | null>;
  entry(record: number): Promise<Entry>;
  facets(): Promise<Facets>;
}

interface Manifest {
  mode: "pack" | "shards" | "service";
  directory: string;
  names: number;
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
  same: string[][];
  years: number[];
  organs: string[][];
  counted: Record<string, string>;
  districts: string[];
  frame: RegExp;
  regions: RegExp;
  ofDistricts: RegExp;
  asking: RegExp;
  withoutNumbers(text: string): string;
  withoutQuestion(text: string): string;
  groups(query: string): Group[];
  apart(query: string): Group[] | null;
  add(groups: Group[], piece: string): void;
}

interface Destinations {
  names: Names;
  read(query: string): { whole: string; rest: string; organs: number[]; years: number[] };
  load(query: string): Promise<void>;
  find(query: string): Destination[];
  named(query: string): Destination[];
  inside(text: string, least: Partial<Record<Destination["kind"], number>>, called: (name: string) => Destination[]): Destination[];
  ofOrgans(pages: Destination[], organs: number[]): Destination[];
}

/** A query with its years written out, and without 最新. */
interface Rewritten {
  text: string;
  note: string;
  newest: boolean;
}

interface Naming {
  item(query: string): Promise<Reading | null>;
  number(group: NumberGroup): Promise<Scores>;
  rewritten(query: string): Rewritten | null;
}

/** A file of everyday.py. */
type EverydayFile = [lines: string, weak: string, fillers: string, own: string];

/** What only a query asks that nothing has as a whole. */
interface Everyday {
  everyday: Map<string, string[]>;
  weak: Set<string>;
  fillers: Set<string>;
  own: Set<string>;
  /** Places of pages in the file 'near', by name. */
  near: Map<string, number[]>;
}

/** What has a word of a query: `counts` where it says something alone, `said` is what was looked for. */
interface Part {
  word: string;
  found: Scores;
  groups: Group[];
  said: string[];
  counts: boolean;
  asked?: boolean;
}

interface Backoff {
  vocabulary(text: string): Promise<Everyday>;
  pages(text: string): Promise<Map<string, Destination[]>>;
  near(query: string): Promise<Destination[]>;
  responsible(entry: Entry): Promise<Destination[]>;
  split(query: string): Promise<{ runs: string[]; words: string[]; rest: string[]; vocabulary: Everyday }>;
  cut(run: string, vocabulary: Everyday, longest?: number): string[];
  knows(query: string): Promise<boolean>;
  read(query: string): Promise<Reading | null>;
}

/** A query with wrong characters mended: the pieces, and what was changed. */
interface Repaired {
  groups: Group[];
  changes: [from: string, to: string][];
}

interface Words {
  starting(letter: string): Promise<WordEntry[]>;
  sounds(text: string): Promise<string[]>;
  traditional(text: string): Promise<string>;
  byPinyin(latin: string): Promise<string[]>;
  byMixed(text: string): Promise<string[]>;
  repair(
    groups: Group[],
    known: (tokens: string[]) => Promise<boolean>,
    departments: (text: string) => Alternative[],
    numbers: string[],
    said: (text: string) => Alternative[],
  ): Promise<Repaired | null>;
}

interface Otherwise {
  words: Words;
  inexact(query: string, groups: Group[], found: Scores, loose: boolean, wanted: number): Promise<Reading>;
}

interface Narrowing {
  matches(answer: Answer): Promise<number[]>;
  inside(found: Scores, file?: string): Promise<Scores>;
  filtered(found: Scores, options: SearchOptions): Promise<Pair[]>;
  titleOf(file: string): Promise<string>;
  counts(matches: number[], options?: SearchOptions): Promise<Counts>;
  states(): Promise<States>;
  ways(): Promise<{ name: Narrowed; values: [string, string][]; of: (record: number) => Places }[]>;
}

/** The file 'lists', see narrowing.py. */
type ListRow = [organ: number, year: number, record: number, id: string];
type Lists = [
  lists: Record<string, ListRow[]>,
  organs: string[],
  themes: Record<string, [organs: number[], years: number[]]>,
];

/** What a query names that no text has: files of lists, units as they are printed. */
interface Listing {
  before(pages: Destination[], query: string): Promise<Destination[]>;
  read(query: string): Promise<Reading | null>;
  printed(titles: string[], organs: number[]): Group[];
  meant(groups: Group[], note: string): string;
}

/** Something that is looked for, and how much it counts. */
type Term = [text: string, weight: number];

/** The part of the search page that shows results. */
interface ResultList {
  state?: SearchState;
  more: HTMLElement;
  related?: HTMLElement;
  add(entry: Entry, words: MarkedWords, list: HTMLOListElement): void;
}

/** A district by its names, and the address of its column. */
type DistrictRow = [names: string, home: string];

/** The part of the search page that says that nothing was answered. */
interface UnansweredPage {
  site: string;
  state: SearchState;
  more: HTMLElement;
  related?: HTMLElement;
  clear(message: string): void;
}

interface Related {
  after(answer: Answer, options?: SearchOptions): Promise<Hit[]>;
  show(page: ResultList, answer: Answer, wanted: () => boolean): Promise<void>;
}

interface Answers {
  of(query: string, questions: Hit[], first: Hit): Promise<InPlace | null>;
}

/** Row of answers.py: the record, its answer, whether that is all, its day, the last day of its sources or "". */
type AnswerRow = [record: number, text: string, whole: number, day: string, until: string, sources: [title: string, clause: string, url: string][]];

/** Parts of the engine that most queries never need. */
interface EngineParts {
  otherwise: Otherwise;
  naming: Naming;
  backoff: Backoff;
  listing: Listing;
  narrow: Narrowing;
  related: Related;
  answers: Answers;
}

interface Engine {
  reader: IndexReader;
  store: Store;
  understanding: Understanding;
  destinations: Destinations;
  evaluate(groups: Group[], every?: boolean, all?: boolean): Promise<Scores>;
  together(tokens: string[], all: boolean): Promise<Scores>;
  holds(found: Scores, groups: Group[], wanted: number, named?: boolean): Promise<boolean>;
  read(query: string, wanted: number): Promise<Reading>;
  everything(): Reading;
  part<Name extends keyof EngineParts>(name: Name): Promise<EngineParts[Name]>;
  search(query: string, options?: SearchOptions): Promise<Answer>;
  /** Where a service answers. */
  suggest?(typed: string): Promise<Suggestion[]>;
}

/** What a page shows an answer with. */
interface ServedReader {
  head: { districts: string[][] };
  spellings: { groups: string[][] };
}

/** An answer of the service before OpenSearch, with all that its page shows. */
interface Served extends Answer {
  counts: Record<string, [string, string, number][]>;
  scope: string;
  related: { hits: Hit[]; terms: string[] };
  spellings: string[][];
  districts: string[][];
}

/** Who a record concerns: the groups of people in use, and whether it concerns one. */
interface Concerned {
  audiences: [id: string, name: string][];
  concerns(audience: number, record: number): boolean;
}

/** What came of records: the states there are, and the number of a record's; -1 where it has none. */
interface States {
  states: [id: string, name: string][];
  stateOf(record: number): number;
  news: LatestNews;
}

/** By facet: each value that leaves something, and how much. */
type Counts = Record<string, [id: string, name: string, matches: number][]>;

/** A text in parts, with those that were looked for. */
type MarkedText = [text: string, marked: boolean][];

/** What is marked in a text: whole words, or where none stands there, their parts. */
interface MarkedWords {
  whole: string[];
  parts: string[];
}

/** A word that is looked for, or a page that is opened. */
interface Suggestion {
  text: string;
  url?: string;
}

/** The search page, as far as its filters ask for it. */
interface FilteredPage {
  state: SearchState;
  kinds: Record<string, string>;
  filters: HTMLElement;
  scope: HTMLElement;
  go(state: SearchState): void;
}

/** A record's text in parts (page.js). */
interface EntryParts {
  headings: string;
  matter: string;
  due: string;
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
    HAN: RegExp;
    fold(text: string): string;
    normalize(text: string): string;
    tokens(normalized: string): string[];
    singleCharacters(normalized: string): string[];
    documentNumbers(normalized: string): string[];
    queryTokens(text: string): string[];
    typed(query: string): string;
  };
  readers: {
    entryOf(document: DocumentRow, row: EntryRow): Entry;
    json(bytes: Uint8Array<ArrayBuffer>): any;
    addPage(pages: Map<string, Destination[]>, row: PageRow): void;
    pageOf(row: PageRow): Destination;
    nameFiles(texts: string[], files: number): number[];
    termHash(term: string): number;
    Names: new (store: Store, files: number, spellings: SpellingRow[]) => Names;
    NAME_ENDS: RegExp;
    pack: new (store: Store, names: number) => IndexReader;
    shards: new (store: Store, names: number) => IndexReader;
  };
  highlight: {
    spans(text: string, words: string[]): [number, number][];
    excerpt(text: string, words: string[] | MarkedWords): MarkedText;
    wordsOf(groups: Group[], spellings: string[][]): MarkedWords;
  };
  NARROWS: Narrowed[];
  Understanding: new (head: Head, spellings: Spellings) => Understanding;
  Destinations: new (understanding: Understanding, names: Names) => Destinations;
  Engine: new (reader: IndexReader, store: Store) => Engine;
  Words: new (store: Store) => Words;
  parts: { [Name in keyof EngineParts]: new (engine: Engine) => EngineParts[Name] };
  gunzip: (data: Uint8Array) => Uint8Array<ArrayBuffer>;
  receive(name: string, content: unknown): void;
  begin?: (() => void) | null;
  pageStore(site: string, known?: Manifest): Store;
  openReader(store: Store): Promise<IndexReader>;
  openEngine(store: Store): Promise<Engine>;
  addressOf(site: string, url: string): string;
  titleOf(page: Destination, organs: string[][]): string;
  askNames(store: Store, query: string): Promise<void>;
  sharedEngine(site: string, query: string): Promise<Engine>;
  leadOn(page: UnansweredPage, wanted: () => boolean): Promise<void>;
  openService(site: string, store: Store): Promise<Engine>;
  engine?: Promise<Engine> | null;
  spread<Item>(items: Item[], count: number): Item[];
  both(left: Scores, right: Scores): Scores;
  element(tag: string, properties?: object, ...children: (Node | string)[]): HTMLElement;
  renderFilters(page: FilteredPage, counts: Counts): void;
  renderScope(page: FilteredPage, title: string): void;
  renderAnswer(page: { site: string; inPlace: HTMLElement }, answer: InPlace): void;
  suggestions(engine: Engine, typed: string): Promise<Suggestion[]>;
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
  dataset: { kinds: string; index: Manifest["mode"]; directory: string; names: string };
  querySelector(selectors: "form"): HTMLFormElement & { sort: HTMLSelectElement };
  querySelector(selectors: "input[name=q]"): HTMLInputElement;
  querySelector(selectors: ".hits"): HTMLOListElement;
  querySelector(selectors: ".more"): HTMLButtonElement;
  querySelector(selectors: ".filter-fold"): HTMLDetailsElement;
  querySelector(selectors: "[role=status]" | ".search-scope" | ".filters" | ".destinations" | ".nothing" | ".in-place"): HTMLElement;
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
  dataset: Record<string, string>;
}

/** An element that was looked for by its data attributes: those are there. */
interface Marked extends HTMLElement {
  dataset: Record<string, string>;
}

interface Element {
  closest(selectors: "details.chapter"): HTMLDetailsElement | null;
  closest(selectors: ".wide"): HTMLElement;
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
  querySelectorAll(selectors: "tr[data-state]"): NodeListOf<BodyRow>;
  querySelector(selectors: ".task-state"): HTMLElement;
  querySelector(selectors: "[data-label=任务] a"): HTMLAnchorElement;
  querySelector(selectors: "select[data-of=state]"): HTMLSelectElement | null;
  querySelectorAll(selectors: "details.chapter" | "details.chapter, .toc details"): NodeListOf<HTMLDetailsElement>;
  querySelectorAll(selectors: string): NodeListOf<Marked>;
}
