"""All rules, and what running them gives: problems to report, and those that an office knowingly leaves."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache, partial

from msgspec import Struct
from msgspec.structs import replace

from gongkai.cache.cache import Cache
from gongkai.column.authored import AuthoredFile
from gongkai.column.origin import Origin
from gongkai.column.problems import Problem
from gongkai.column.rulebook import RuleText
from gongkai.column.unit import body_of
from gongkai.column.vocabulary import Organ
from gongkai.column.waiver import Ignored, Waiver
from gongkai.findings.finding import Severity
from gongkai.findings.reporters import LABELS
from gongkai.kinds.registry import KINDS
from gongkai.kinds.walk import alone
from gongkai.law.book import Asked, Everywhere, LawBook, together
from gongkai.law.model import Modality, Norm, cite
from gongkai.load.tree import VOCABULARIES
from gongkai.rules import (
    decision_directory,
    decision_duties,
    decision_outcome,
    decision_procedure,
    disclosure,
    forms,
    gathered,
    laws,
    lists,
    metadata,
    numbers,
    participation,
    publication,
    relations,
    tables,
    targets,
    units,
    wording,
)
from gongkai.rules.rule import NOTICE, Facts, Rule, Topic, Violation, dated
from gongkai.rules.site.registry import TOPICS as SITE_TOPICS
from gongkai.text.personal_data import private_data

TOPICS: tuple[Topic, ...] = (
    decision_directory.TOPIC,
    decision_procedure.TOPIC,
    decision_duties.TOPIC,
    decision_outcome.TOPIC,
    publication.TOPIC,
    metadata.TOPIC,
    numbers.TOPIC,
    forms.TOPIC,
    relations.TOPIC,
    participation.TOPIC,
    gathered.TOPIC,
    disclosure.TOPIC,
    lists.TOPIC,
    tables.TOPIC,
    targets.TOPIC,
    units.TOPIC,
    wording.TOPIC,
)
RULES: dict[str, Rule] = {rule.id: rule for topic in TOPICS for rule in topic.rules}
_ORDER = {rule: at for at, rule in enumerate(RULES)}


class Judged(Struct, frozen=True):
    """What the rules say: ``problems`` to report, and what is ``ignored`` with its reasons."""

    problems: tuple[Problem, ...]
    ignored: tuple[Ignored, ...]


def judge(facts: Facts, earlier: Iterable[Problem], digests: Mapping[str, str], cache: Cache, *, demo: bool) -> Judged:
    """Run every rule; ``earlier`` are the problems of linking, which get their citations and may be waived as well.

    A waiver never silences what stops linking: without it there is nothing to publish. ``digests`` are those of the
    authored files; what is wrong in one alone is kept in ``cache``.
    """
    events = _Events.of(facts)
    explained = [_explained(problem, facts, events) for problem in earlier]
    found = _violations(facts, digests, cache, demo=demo)
    problems = [*explained, *sorted(found, key=lambda problem: _ORDER[problem.code])]
    waivers = facts.column.waivers
    kept: list[Problem] = []
    ignored: list[Ignored] = []
    used: set[Waiver] = set()
    for problem in problems:
        covering = [each for each in waivers if each.covers(problem.code, problem.origin)]
        waiver = next((each for each in covering if each.lasts(facts.today)), None)
        rule = RULES.get(problem.code)
        stops = problem.severity is Severity.ERROR and (rule is None or not rule.waivable)
        if stops or not covering:
            kept.append(problem)
        elif waiver is None:
            kept.append(_no_longer_waived(problem))
        else:
            used.add(waiver)
            ignored.append(Ignored(problem.code, problem.message, problem.origin.file, waiver.reason, waiver.until))
    return Judged((*kept, *_idle(waivers, used, facts)), tuple(ignored))


def _no_longer_waived(problem: Problem) -> Problem:
    """What was left until a day that has passed is said again; that the day came must not stop the site."""
    return replace(problem, severity=Severity.WARNING) if problem.severity is Severity.ERROR else problem


def weight(rule: Rule, found: Violation, *, demo: bool) -> Severity:
    """The rule's weight or the case's own; a demonstration is never stopped by what only publication demands."""
    if not demo:
        return found.severity or rule.severity
    stops = found.severity is Severity.ERROR and rule.demo is not Severity.ERROR
    return rule.demo if stops or found.severity is None else found.severity


def _on_the_site(norms: Sequence[Norm]) -> Iterator[RuleText]:
    """Rules on the built site have no YAML to show. One that judges files too is explained there."""
    rules = [(topic.title, rule) for topic in SITE_TOPICS for rule in topic.rules if rule.id not in RULES]
    for topic, rule in rules:
        labels = LABELS[rule.severity], LABELS[rule.demo]
        cited, duties = _grounds(rule.duties, rule.basis, norms)
        yield RuleText(rule.id, f"生成的网站：{topic}", rule.promise, cited, *labels, duties=duties)


def _grounds(duties: tuple[str, ...], basis: str, norms: Sequence[Norm]) -> tuple[str, tuple[str, ...]]:
    """What a rule rests on in the districts that some norms bind, and the duties of which any is."""
    found = [norm for duty in duties for norm in norms if norm.duty == duty]
    return laws.grounds(cite(found), basis), tuple(dict.fromkeys(norm.duty for norm in found))


_PLACES = {
    "plan": "工作要点文件的最外层",
    "document": "文件的 document 部分",
    "task": "任务分解表（task_table 的 rows）的一项",
    "directory": "决策目录文件的最外层",
    "decision": "决策目录（decisions）的一项",
    "list": "项目清单文件的最外层",
    "unit": "单位名录（units）的一项",
    "branch": "单位名录（units）的一项",
    "occasion": "公众参与文件（items）的一项",
    "item": "主动公开事项目录（items）的一项",
    "files": "几份文件之间（每行开头是文件编号，like 表示其余内容同另一份文件）",
    "commits": "文件第一次提交的日期（由版本库记录，不在 YAML 里写）",
}


def rulebook(law: LawBook, organs: Collection[Organ]) -> tuple[RuleText, ...]:
    """Every rule that holds for one of ``organs`` in words: those on what is written, then those on what was built.

    Readers of a column see no text that binds other districts only, nor a rule that rests on nothing else.
    """
    return _in_words(tuple(law.known(organs)))


@lru_cache(maxsize=4)  # the same again and again where somebody edits
def _in_words(norms: tuple[Norm, ...]) -> tuple[RuleText, ...]:
    return (*_on_files(norms), *_on_the_site(norms))


def _on_files(norms: Sequence[Norm]) -> Iterator[RuleText]:
    for topic, rule in ((above, each) for above in TOPICS for each in above.rules):
        cited, duties = _grounds(rule.duties, rule.basis, norms)
        if cited:
            yield RuleText(
                rule.id,
                topic.title,
                rule.promise,
                cited,
                LABELS[rule.severity],
                LABELS[rule.demo],
                _PLACES[rule.example.place],
                rule.example.good,
                _masked(rule.example.bad),
                rule.fixable,
                rule.check is not None,
                duties,
            )


def _masked(text: str) -> str:
    """An example as a page may show it: the numbers that must not be published are not published here either."""
    for datum in private_data(text):
        text = text.replace(datum.text, datum.masked)
    return text


def _violations(facts: Facts, digests: Mapping[str, str], cache: Cache, *, demo: bool) -> Iterator[Problem]:
    everywhere = (facts.today, digests.get(VOCABULARIES), facts.thresholds.model_dump_json(), demo)
    column, first = facts.column, facts.first_commits
    wanted = []
    for shelf in (kind.of(column) for kind in KINDS):
        for identifier in shelf:
            head = column.index.heads[identifier]
            made = partial(_alone, facts, shelf, identifier, demo=demo)
            looked_at = digests.get(identifier), digests.get(head.document), first.get(head.file)
            wanted.append(cache.lazy(made, "rules", *everywhere, identifier, *looked_at, kind=list[Problem]))
    cache.make_missing(wanted)
    for kept in wanted:
        yield from kept()
    across = partial(_across, facts, demo=demo)
    known = (*everywhere, sorted(digests.items()), sorted(first.items()))
    yield from cache.get_or_make(across, "across", *known, kind=list[Problem])


def _across(facts: Facts, *, demo: bool) -> list[Problem]:
    """What is wrong between files."""
    return list(_found(facts, [rule for rule in RULES.values() if rule.across], _Events.of(facts), demo=demo))


def _alone(facts: Facts, shelf: Mapping[str, AuthoredFile], identifier: str, *, demo: bool) -> list[Problem]:
    """What is wrong in one file: its rules see nothing else, so that nothing else can change what they say."""
    rules = [rule for rule in RULES.values() if not rule.across]
    file = shelf[identifier]
    document = file.document
    day = document.date_published or document.date_printed or document.date_signed or date(file.year, 1, 1)
    event = file.organ, day, document.issuer
    events = _Events({file.origin.file: event, document.origin.file: event}, facts.today)
    return list(_found(replace(facts, column=alone(facts.column, file)), rules, events, demo=demo))


class _Events(Struct, frozen=True):
    """By file: whose it is, the day of its document, and the unit that issued that.

    The law of that day judges it unless a rule names another.
    """

    known: Mapping[str, tuple[str, date, str]]
    today: date

    @classmethod
    def of(cls, facts: Facts) -> _Events:
        """Those of all files."""
        index, known = facts.column.index, {}
        for head in index.heads.values():
            document = index.documents.get(head.document)
            day = head.day or date(head.entry.year, 1, 1)
            known[head.file] = (head.entry.organ, day, document.issuer if document else "")
        return cls(known, facts.today)

    def law(self, rule: Rule, facts: Facts, origin: Origin, found: Violation | None = None) -> Asked:
        """What binds under the duties of a rule; of vocabularies, what binds today."""
        organ, day, by = self.known.get(origin.file, ("", self.today, ""))
        if found:
            organ, day = found.organ or organ, found.day or day
        district, body = facts.column.organs.get(organ) or Everywhere(), body_of(facts.column.units.get(by))
        return together(facts.column.law.asked(duty, district, day, None, body=body) for duty in rule.duties)


def _found(facts: Facts, rules: Iterable[Rule], events: _Events, *, demo: bool) -> Iterator[Problem]:
    for rule in rules:
        if rule.check is None:
            continue
        for found in rule.check(facts):
            law = events.law(rule, facts, found.origin, found) if found.law is None else found.law
            if rule.duties and not law and not rule.basis:
                continue
            yield Problem(
                rule.id,
                _capped(weight(rule, found, demo=demo), rule, law),
                found.origin,
                found.message,
                found.hint,
                found.offset,
                found.target,
                citation=laws.grounds(law.citation, rule.basis),
                fixable=rule.fixable,
            )


def _capped(given: Severity, rule: Rule, law: Asked) -> Severity:
    """No more than the texts bear: what may be done is a note, what an annual plan asks for a warning at most."""
    if rule.duties and law.strongest not in (Modality.MUST, Modality.GENERAL):
        return Severity.INFO
    return Severity.WARNING if law.only_of_plans and given is Severity.ERROR else given


def _explained(problem: Problem, facts: Facts, events: _Events) -> Problem:
    rule = RULES.get(problem.code)
    if rule is None:
        return problem
    return replace(problem, citation=laws.grounds(events.law(rule, facts, problem.origin).citation, rule.basis))


def _idle(waivers: Iterable[Waiver], used: set[Waiver], facts: Facts) -> Iterator[Problem]:
    """Waivers of rules that do not exist, that end soon or have ended, or that nothing needs any more."""
    for waiver in waivers:
        until, advice, target = waiver.until, "请删去这条 ignore，或者核对规则编号", None
        if waiver.rule in laws.RETIRED:
            gone = laws.RETIRED[waiver.rule]
            words, weight = f"{waiver.rule} 从{dated(gone.since)}起不再检查", Severity.INFO
            advice = f"{gone.reason}请删去这条 ignore（gongkai fix 可以自动删）"
        elif waiver.rule not in RULES:
            words, weight = f"没有编号为 {waiver.rule} 的规则", Severity.ERROR
        elif until and not waiver.lasts(facts.today):
            words, weight = f"{waiver.rule} 只保留到{dated(until)}，已经过了", Severity.WARNING
        elif waiver not in used:
            words, weight, target = f"这里已经没有 {waiver.rule} 的问题", Severity.WARNING, waiver.rule
        elif until and until - facts.today <= NOTICE:
            words, weight = f"{waiver.rule} 只保留到{dated(until)}，快要到期了", Severity.INFO
            advice = "请在到期以前改正，或者写明新的期限"
        else:
            continue
        yield Problem("IGN-01", weight, waiver.origin, words, advice, None, target)
