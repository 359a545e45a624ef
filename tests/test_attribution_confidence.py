"""How sure statements are, by construction."""

from dataclasses import replace

from index.datatypes import Label
from index.speech.attribution_confidence import KEPT, weigh_report
from index.speech.reports import SpeechReport

REPORT = SpeechReport(
    "object", 3, (3,), (2,), (4, 5, 6), Label.STATED, frozenset({"object"}), "participle", "pronoun"
)


def test_a_pronoun_tells_of_speech_where_a_listed_cue_has_a_quotation():
    """A pronoun's cue of the table is trusted with a quotation; without one, or without the table, less."""
    quoted = weigh_report(REPORT, quoted=True, mixed=True)
    assert quoted > weigh_report(REPORT, quoted=False, mixed=False)
    for pattern, form in (("unlisted", "finite"), ("naming", "finite")):
        loose = replace(REPORT, pattern=pattern, form=form)
        named = replace(loose, mention="named")
        assert (
            weigh_report(loose, quoted=True, mixed=True) < weigh_report(named, quoted=True, mixed=True) - 0.1
        )
    assert quoted >= weigh_report(replace(REPORT, mention="named"), quoted=True, mixed=True) - 0.1
    assert quoted >= KEPT


def test_who_is_named_behind_a_passive_is_surer_than_nobody():
    """What “was called … by Roe” is surer than what “was called …”, which is kept where it is quoted."""
    nobody = replace(REPORT, pattern="naming", form="passive", speaker=(), mention="none")
    named = replace(nobody, speaker=(7,), mention="named")
    assert weigh_report(named, quoted=True, mixed=True) > weigh_report(nobody, quoted=True, mixed=True)
    before = replace(named, speaker=(1,))
    assert weigh_report(named, quoted=True, mixed=True) > weigh_report(before, quoted=True, mixed=True)
    assert weigh_report(nobody, quoted=True, mixed=True) >= KEPT
    assert weigh_report(nobody, quoted=False, mixed=False) < KEPT
