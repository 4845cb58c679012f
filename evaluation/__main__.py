"""Command line: `python -m evaluation predict | score | evaluate | check | benchmark | torture | copies | surface | settling | generate | synthetic | live | ledger-kills | ledger-speed | desk-speed`.

Exit codes: 0 done · 1 a figure is under its floor · 2 wrong call or unreadable rows · 3 the evaluation data are not here.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from evaluation.bench import BadRows, NoBench, bench_folder, read_rows, write_rows
from evaluation.errors import NotToBeRead
from evaluation.figures import FloorError, read_floors, shortfalls
from evaluation.predicting import predict_rows
from evaluation.sets import SETS, UnknownSet, find_set
from evaluation.tables import figure_table

UNDER_FLOOR, WRONG_CALL, NO_DATA = 1, 2, 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except NoBench as error:
        print(f"evaluation skipped: {error}", file=sys.stderr)
        return NO_DATA
    except (BadRows, UnknownSet, FloorError, NotToBeRead) as error:
        print(f"evaluation: {error}", file=sys.stderr)
        return WRONG_CALL


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evaluation", description="Measures ondit on public sets.")
    parser.add_argument(
        "--processes", type=int, default=min(2, os.cpu_count() or 1), help="how many (results are the same)"
    )
    parser.add_argument("--quiet", action="store_true", help="no progress bar")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    predict = commands.add_parser(
        "predict", help="read a file of reports and write predictions; labels are never looked at"
    )
    predict.add_argument("set", help=f"one of: {' '.join(SETS)}")
    predict.add_argument("--reports", type=Path, required=True, metavar="FILE.jsonl")
    predict.add_argument("--out", type=Path, required=True, metavar="PRED.jsonl")
    predict.set_defaults(command=_predict)

    score = commands.add_parser("score", help="predict and score the development split of a set")
    score.add_argument("set", help="a set (claims, timex …) or one part of it (timex/timebank)")
    score.add_argument("--full", action="store_true", help="claims: the scorer's whole table")
    score.add_argument(
        "--errors",
        type=int,
        default=0,
        metavar="N",
        help="claims: the N worst texts, never of devtest; polnear/train: N missed and N spurious cues",
    )
    score.add_argument("--keep", type=Path, metavar="FOLDER", help="also write the predictions there")
    score.set_defaults(command=_score)

    evaluate = commands.add_parser("evaluate", help="score every set and print one table")
    evaluate.set_defaults(command=_evaluate)

    check = commands.add_parser("check", help="fail when a figure is under its floor in evaluation/floors.toml")
    check.set_defaults(command=_check)

    peer = commands.add_parser(
        "peer", help="train a CRF on polnear's train split and score it as ours is scored (minutes)"
    )
    peer.add_argument("--every", type=int, default=1, metavar="N", help="train on every Nth article only")
    peer.set_defaults(command=_peer)

    _add_speed(commands)
    return parser


def _add_speed(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """What is measured without the sets of the bench: speed, memory, what is stood, and generated reports."""
    benchmark = commands.add_parser("benchmark", help="speed, start-up and memory, beside other tools in the same run")
    benchmark.add_argument("--quick", action="store_true", help="a tenth of the text and of the training")
    benchmark.add_argument("--full", action="store_true", help="settle a million claims as well")
    benchmark.add_argument(
        "--only", nargs="+", default=(), metavar="SECTION", help="start reading copies keeping cores pages settling"
    )
    benchmark.set_defaults(command=_benchmark)

    torture = commands.add_parser("torture", help="large and hostile sources: time, memory, and what is said of them")
    torture.add_argument("--megabytes", type=int, default=100, metavar="N", help="how large each is")
    torture.set_defaults(command=_torture)

    copies = commands.add_parser("copies", help="how well copies made on purpose are found")
    copies.set_defaults(command=_copies)

    surface = commands.add_parser("surface", help="how many claims change when the surface of the reports does")
    surface.add_argument("--reports", type=Path, metavar="FILE.jsonl", help="other reports than those of claims")
    surface.set_defaults(command=_surface)

    settling = commands.add_parser("settling", help="time and memory to settle generated reports")
    settling.add_argument("--full", action="store_true", help="a million claims as well (about twenty minutes)")
    settling.set_defaults(command=_settling)

    generate = commands.add_parser("generate", help="generated reports in three languages, with their truth")
    _add_world(generate, reports=10_000)
    generate.add_argument("--out", type=Path, required=True, metavar="DIR", help="a run that was broken off goes on")
    generate.add_argument("--short", action="store_true", help="posts of one or two sentences")
    generate.set_defaults(command=_generate)

    synthetic = commands.add_parser("synthetic", help="quality and speed on generated reports: read, gather, weigh")
    _add_world(synthetic, reports=1_000)
    synthetic.add_argument("--out", type=Path, metavar="DIR", help="keep reports and ledger there, and go on from them")
    synthetic.add_argument("--read-only", action="store_true", help="without the column of faultless readings")
    synthetic.set_defaults(command=_synthetic)

    live = commands.add_parser("live", help="posts that come in all the time, watched and settled: latency and memory")
    live.add_argument("--rate", type=int, default=50, help="posts a second")
    live.add_argument("--minutes", type=float, default=10.0)
    live.add_argument("--settle-every", type=int, default=60, metavar="SECONDS")
    live.set_defaults(command=_live)

    kills = commands.add_parser("ledger-kills", help="kill adding to a ledger at random moments and look what is left")
    kills.add_argument("--reports", type=int, default=5_000)
    kills.add_argument("--kills", type=int, default=50)
    kills.set_defaults(command=_ledger_kills)

    ledger = commands.add_parser("ledger-speed", help="speed of adding to a ledger, and of queries over many posts")
    ledger.add_argument("--posts", type=int, default=100_000, help="for the queries")
    ledger.add_argument(
        "--added", type=int, default=1_000, help="posts for the speed of adding; a tenth as many articles"
    )
    ledger.set_defaults(command=_ledger_speed)

    desk = commands.add_parser("desk-speed", help="speed of the pages over a ledger, and of reviewers who work at once")
    desk.add_argument("ledger", type=Path, help="a settled ledger; reviewers write to it")
    desk.add_argument("--reviewers", type=int, default=20)
    desk.add_argument("--decisions", type=int, default=20, help="of each reviewer")
    desk.set_defaults(command=_desk_speed)


def _add_world(parser: argparse.ArgumentParser, *, reports: int) -> None:
    parser.add_argument("--reports", type=int, default=reports, metavar="N")
    parser.add_argument("--seed", type=int, default=0, metavar="S")


def _generate(options: argparse.Namespace) -> int:
    from evaluation.generated.happenings import Parameters
    from evaluation.generated.keeping import run

    try:
        run(options.reports, Parameters(seed=options.seed, short=options.short), options.out)
    except (OSError, ValueError) as error:
        print(f"evaluation: {error}", file=sys.stderr)
        return WRONG_CALL
    return 0


def _synthetic(options: argparse.Namespace) -> int:
    from evaluation.generated.happenings import Parameters
    from evaluation.generated.measuring import run

    parameters = Parameters(seed=options.seed)
    try:
        run(options.reports, parameters, jobs=options.processes, out=options.out, alone=not options.read_only)
    except (OSError, ValueError) as error:
        print(f"evaluation: {error}", file=sys.stderr)
        return WRONG_CALL
    return 0


def _live(options: argparse.Namespace) -> int:
    from evaluation.live import run

    run(rate=options.rate, minutes=options.minutes, settle_every=options.settle_every, jobs=options.processes)
    return 0


def _predict(options: argparse.Namespace) -> int:
    known, _ = find_set(options.set)
    rows = read_rows(options.reports, named=known.named)
    write_rows(options.out, predict_rows(known.name, rows, processes=options.processes, quiet=options.quiet))
    return 0


def _score(options: argparse.Namespace) -> int:
    from evaluation.errors import claims_table, list_errors
    from evaluation.scoring import development_rows, gold_rows, score_rows
    from evaluation.sets import parts_of

    known, part = find_set(options.set)
    figures = []
    for name in parts_of(known, part):
        texts = development_rows(known, name)
        predictions = predict_rows(known.name, texts, processes=options.processes, quiet=options.quiet)
        if options.keep:
            write_rows(options.keep / f"{'_'.join(filter(None, (known.name, name)))}.jsonl", predictions)
        gold = gold_rows(known, name, texts)
        figures += score_rows(known, name, gold, predictions, texts)
        if known.name == "claims" and options.full:
            print(claims_table(gold, predictions, texts), end="\n\n")
        if options.errors:
            print(list_errors(known, name, gold, predictions, texts, options.errors), end="\n\n")
    print(figure_table(figures))
    return 0


def _evaluate(options: argparse.Namespace) -> int:
    from evaluation.scoring import score_set

    figures = [f for s in SETS.values() for f in score_set(s, processes=options.processes, quiet=options.quiet)]
    print(figure_table(figures))
    return 0


def _check(options: argparse.Namespace) -> int:
    from evaluation.scoring import score_set

    bench_folder()
    floors = read_floors()
    wanted = {find_set(where.split(" ")[0])[0].name for where in floors}
    figures = [
        f
        for s in SETS.values()
        if s.name in wanted
        for f in score_set(s, processes=options.processes, quiet=options.quiet)
    ]
    short = shortfalls(figures, floors)
    for shortfall in short:
        print(f"under its floor: {shortfall}", file=sys.stderr)
    if not short:
        print(f"all {sum(map(len, floors.values()))} floors hold")
    return UNDER_FLOOR if short else 0


def _peer(options: argparse.Namespace) -> int:
    from evaluation.polnear_peer import figures

    print(figure_table(figures(options.every)))
    return 0


def _benchmark(options: argparse.Namespace) -> int:
    from evaluation.benchmark import run

    run(quick=options.quick, full=options.full, only=options.only)
    return 0


def _torture(options: argparse.Namespace) -> int:
    from evaluation.torture import run

    return UNDER_FLOOR if run(megabytes=options.megabytes) else 0


def _copies(_options: argparse.Namespace) -> int:
    from evaluation.copies.measuring import run

    run()
    return 0


def _surface(options: argparse.Namespace) -> int:
    from evaluation.scoring import DEVTEST
    from evaluation.surface.measuring import run

    rows = read_rows(options.reports or bench_folder() / "claims" / "reports.jsonl")
    run([row for row in rows if row["id"] not in DEVTEST])
    return 0


def _settling(options: argparse.Namespace) -> int:
    from evaluation.settling import run

    run(full=options.full)
    return 0


def _ledger_kills(options: argparse.Namespace) -> int:
    from evaluation.ledger.kills import kill_adding

    found = kill_adding(reports=options.reports, kills=options.kills, quiet=options.quiet)
    print(
        f"\n{found.kills} kills while {found.reports} reports were added: {found.acknowledged} acknowledged, {found.lost} of them lost, "
        f"{found.damaged} damages; the tables at the end are {'the same' if found.same else 'NOT the same'} as undisturbed "
        f"({found.undisturbed_seconds:.0f} s undisturbed, {found.seconds:.0f} s with kills)"
    )
    return 0 if found.passed else UNDER_FLOOR


def _ledger_speed(options: argparse.Namespace) -> int:
    from evaluation.ledger.measuring import queries, throughput

    for t in throughput(posts=options.added, articles=options.added // 10) if options.added else ():
        share = 100 * t.adding / t.reading
        print(f"{t.what:<24} {t.reading:8.1f} read/s  {t.adding:8.1f} added/s  {share:5.1f} %", flush=True)
    print(f"\n{options.posts} posts", flush=True)
    for q in queries(posts=options.posts):
        print(
            f"{q.what:<26} {q.fits:>8} claims  first 100: {q.listing_ms:6.1f} ms  count: {q.counting_ms:6.1f} ms",
            flush=True,
        )
    return 0


def _desk_speed(options: argparse.Namespace) -> int:
    from evaluation.desk import measure

    measure(options.ledger, options.reviewers, options.decisions)
    return 0


if __name__ == "__main__":
    sys.exit(main())
