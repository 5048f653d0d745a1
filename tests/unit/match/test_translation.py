from __future__ import annotations

import pytest

from provenance.match import WordsThenSentences
from provenance.match.body import Body
from provenance.match.translation.alignment import aligned
from provenance.match.translation.anchors import MAX_FORMS, MAX_SENTENCES
from provenance.match.translation.likeness import likeness
from provenance.model import ArticleId, Passage, PassageKind, Span
from provenance.score import load_strength_model, weigh

ENGLISH = """\
Ferry Ondina runs aground off Kalmar

The car ferry Ondina with 214 passengers on board ran aground near the island of Öland early on Tuesday, the Swedish coast guard said.

Nobody was injured. Divers found a hole of 1.8 metres in the hull, spokeswoman Britta Lindqvist told reporters in Kalmar.

The ship, built in Gdansk in 1997, was on its way from Ventspils to Nynashamn when the steering failed at 04:35.

Captain Andrejs Kalnins had warned the owner Baltline twice since March about a faulty pump, according to the trade union Sjofolk.

Baltline rejected the accusation. "The pump was replaced on 12 February at a cost of 48,500 euros", the company said in a statement.

Two tugs from Karlskrona are to pull the ferry free on Thursday, when the water is expected to rise by 30 centimetres.
"""

GERMAN = """\
Fähre „Ondina“ vor Kalmar auf Grund gelaufen

Die Autofähre „Ondina“ ist mit 214 Passagieren an Bord am frühen Dienstagmorgen nahe der Insel Öland auf Grund gelaufen, wie die schwedische Küstenwache mitteilte.

Verletzt wurde niemand. Taucher entdeckten ein 1,8 Meter großes Loch im Rumpf, sagte die Sprecherin Britta Lindqvist vor Journalisten in Kalmar.

Das 1997 in Danzig gebaute Schiff war auf dem Weg von Ventspils nach Nynäshamn, als um 4.35 Uhr die Steuerung ausfiel.

Kapitän Andrejs Kalnins hatte die Reederei Baltline nach Angaben der Gewerkschaft Sjöfolk seit März zweimal vor einer defekten Pumpe gewarnt.

Baltline wies den Vorwurf zurück. „Die Pumpe wurde am 12. Februar für 48.500 Euro ersetzt“, hieß es in einer Mitteilung des Unternehmens.

Zwei Schlepper aus Karlskrona sollen die Fähre am Donnerstag freiziehen, wenn das Wasser um 30 Zentimeter steigen dürfte.
"""

RUSSIAN = """\
Паром «Ондина» сел на мель у Кальмара

Автомобильный паром «Ондина», на борту которого находились 214 пассажиров, рано утром во вторник сел на мель у острова Эланд, сообщила береговая охрана Швеции.

Никто не пострадал. Водолазы обнаружили в корпусе пробоину длиной 1,8 метра, рассказала журналистам в Кальмаре пресс-секретарь Бритта Линдквист.

Судно, построенное в Гданьске в 1997 году, шло из Вентспилса в Нюнесхамн, когда в 04:35 отказало рулевое управление.

По данным профсоюза «Шёфолк», капитан Андрейс Калниньш с марта дважды предупреждал судовладельца «Балтлайн» о неисправном насосе.

«Балтлайн» отвергла обвинение. «Насос был заменён 12 февраля, это стоило 48 500 евро», говорится в заявлении компании.

Два буксира из Карлскруны должны снять паром с мели в четверг, когда ожидается подъём воды на 30 сантиметров.
"""

CHINESE = """\
渡轮“翁迪娜”号在卡尔马附近搁浅

瑞典海岸警卫队表示，载有214名乘客的汽车渡轮“翁迪娜”（Ondina）号周二清晨在厄兰岛附近搁浅。

无人受伤。发言人布丽塔·林德奎斯特在卡尔马对记者说，潜水员在船体上发现一个1.8米的破洞。

该船1997年在格但斯克建造，当时正从文茨皮尔斯驶往尼奈斯港，4时35分转向系统失灵。

据工会Sjofolk称，船长安德烈斯·卡尔宁斯自3月以来曾两次就一台故障水泵向船东Baltline发出警告。

Baltline否认这一指控。该公司在声明中说：“水泵已于2月12日更换，费用为4.85万欧元。”

预计周四水位将上涨30厘米，届时卡尔斯克鲁纳的两艘拖船将把渡轮拖离。
"""

JAPANESE = """\
フェリー「オンディナ」、カルマル沖で座礁

スウェーデン沿岸警備隊によると、火曜日未明、乗客214人を乗せたカーフェリー「オンディナ」がエーランド島付近で座礁した。

けが人はいない。潜水士が船体に1.8メートルの穴を発見したと、広報担当のブリッタ・リンドクヴィスト氏がカルマルで記者団に語った。

同船は1997年にグダニスクで建造され、ヴェンツピルスからニネスハムンに向かう途中、午前4時35分に舵が故障した。

労働組合ショーフォルクによると、船長のアンドレイス・カルニンシュ氏は3月以降、ポンプの不具合について船主のバルトラインに2度警告していた。

バルトラインは非難を否定した。同社は声明で「ポンプは2月12日に4万8500ユーロをかけて交換した」と述べた。

水位が30センチ上昇すると見込まれる木曜日に、カールスクローナの曳船2隻がフェリーを引き離す予定だ。
"""

KOREAN = """\
여객선 온디나호, 칼마르 앞바다에서 좌초

스웨덴 해안경비대는 화요일 새벽 승객 214명을 태운 카페리 온디나호가 욀란드섬 인근에서 좌초했다고 밝혔다.

부상자는 없었다. 브리타 린드크비스트 대변인은 칼마르에서 기자들에게 잠수부들이 선체에서 1.8미터 크기의 구멍을 발견했다고 말했다.

1997년 그단스크에서 건조된 이 배는 벤츠필스에서 뉘네스함으로 가던 중 오전 4시 35분 조타 장치가 고장 났다.

노동조합 셰폴크에 따르면 안드레이스 칼닌시 선장은 3월 이후 두 차례 선주 발트라인에 펌프 결함을 경고했다.

발트라인은 이를 부인했다. 회사는 성명에서 "펌프는 2월 12일 4만8500유로를 들여 교체했다"고 밝혔다.

수위가 30센티미터 오를 것으로 예상되는 목요일에 칼스크로나의 예인선 두 척이 여객선을 끌어낼 예정이다.
"""

ARABIC = """\
جنوح العبّارة أوندينا قرب كالمار

قال خفر السواحل السويدي إن عبّارة السيارات أوندينا جنحت قرب جزيرة أولاند فجر الثلاثاء وعلى متنها 214 راكبا.

لم يصب أحد بأذى. وقالت المتحدثة بريتا ليندكفيست للصحفيين في كالمار إن غواصين عثروا على ثقب طوله 1.8 متر في بدن السفينة.

كانت السفينة التي بنيت في غدانسك عام 1997 في طريقها من فنتسبيلس إلى نينيسهامن عندما تعطل التوجيه عند الساعة 04:35.

وبحسب نقابة شوفولك، حذر القبطان أندرييس كالنينش الشركة المالكة بالتلاين مرتين منذ مارس من مضخة معطلة.

ونفت بالتلاين الاتهام. وقالت الشركة في بيان "استبدلت المضخة في 12 فبراير بكلفة 48500 يورو".

ومن المقرر أن تسحب قاطرتان من كارلسكرونا العبّارة يوم الخميس حين يتوقع أن يرتفع منسوب المياه 30 سنتيمترا.
"""

OTHER_GERMAN = """\
Schweden beschließt neues Schulgesetz

Der schwedische Reichstag hat am Mittwoch mit 187 zu 162 Stimmen ein Schulgesetz beschlossen, das private Träger strenger beaufsichtigt.

Bildungsministerin Lotta Edholm sagte in Stockholm, Gewinne dürften ab 2026 nicht mehr ausgeschüttet werden, solange Mängel bestehen.

Die Opposition sprach von einem halbherzigen Schritt. Der Verband der freien Schulen kündigte eine Klage an.

Rund 400.000 Kinder besuchen in Schweden eine Schule in privater Hand, mehr als die Hälfte davon in den drei größten Städten.

Das Gesetz von 1992 hatte die freie Schulwahl eingeführt. Kritiker machen es für sinkende Leistungen verantwortlich.
"""

OTHER_RUSSIAN = """\
Швеция увеличит расходы на железные дороги

Правительство Швеции в 1997 году обещало построить скоростную линию, но теперь объявило о другом плане, сообщил министр инфраструктуры Андреас Карлсон.

До 2030 года на ремонт путей потратят 210 миллиардов крон. Оппозиция называет сумму недостаточной.

Первые работы начнутся в марте на севере страны, где зимой поезда часто опаздывают.

Эксперты напоминают, что половина мостов построена ещё в шестидесятые годы.
"""

LANGUAGES = [
    ("de", GERMAN),
    ("ru", RUSSIAN),
    ("zh", CHINESE),
    ("ja", JAPANESE),
    ("ko", KOREAN),
    ("ar", ARABIC),
]


def body(name: str, text: str, language: str | None) -> Body:
    blocks, start = [], 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            blocks.append(Span(start, start + len(line)))
        start += len(line)
    return Body(ArticleId(name), text, tuple(blocks), language)


def align(left: Body, right: Body) -> tuple[float, tuple[Passage, ...]]:
    weighed = weigh(WordsThenSentences().align(left, right), load_strength_model())
    return weighed.strength, weighed.match.passages


@pytest.mark.parametrize(("language", "text"), LANGUAGES)
def test_a_translation_is_found_with_its_passages_in_order(language: str, text: str) -> None:
    strength, passages = align(body("below", text, language), body("above", ENGLISH, "en"))
    assert strength > 0.8
    assert {passage.kind for passage in passages} == {PassageKind.TRANSLATED}
    assert [p.right.start for p in passages] == sorted(p.right.start for p in passages)
    assert len(passages) >= 6


@pytest.mark.parametrize(("language", "text"), LANGUAGES)
def test_every_sentence_answers_to_the_one_it_translates(language: str, text: str) -> None:
    left, right = body("below", text, language), body("above", ENGLISH, "en")
    paragraphs = [[block.of(one.text) for block in one.blocks] for one in (left, right)]
    _, passages = align(left, right)
    for passage in passages:
        mine = next(at for at, block in enumerate(left.blocks) if block.overlap(passage.left))
        assert passage.right.of(right.text) in paragraphs[1][mine] + (paragraphs[1][mine + 1 : mine + 2] or [""])[0]


@pytest.mark.parametrize(("language", "text"), [("de", OTHER_GERMAN), ("ru", OTHER_RUSSIAN)])
def test_texts_that_share_a_country_and_a_year_are_not_tied(language: str, text: str) -> None:
    strength, passages = align(body("below", text, language), body("above", ENGLISH, "en"))
    assert strength < 0.25
    assert passages == ()


def test_two_translations_of_one_text_are_tied_to_each_other() -> None:
    strength, _ = align(body("a", GERMAN, "de"), body("b", RUSSIAN, "ru"))
    assert strength > 0.8


def test_a_translated_passage_is_found_inside_a_text_of_other_matter() -> None:
    own = [
        "The harbour museum will open a new wing in spring, its director said.",
        "Visitors have asked for years to see the old lightship.",
    ]
    english = [line for line in ENGLISH.splitlines() if line.strip()]
    text = "\n".join([own[0], *english[1:5], own[1]]) + "\n"
    left, right = body("a", text, "en"), body("b", RUSSIAN, "ru")
    strength, passages = align(left, right)
    assert strength > 0.8
    found = Span(min(p.left.start for p in passages), max(p.left.end for p in passages))
    assert found.start >= text.index(english[1])
    assert found.end <= text.index(own[1])


def test_the_same_facts_in_another_order_are_weaker_than_a_translation() -> None:
    lines = [line for line in GERMAN.splitlines() if line.strip()]
    shuffled = "\n".join(lines[at] for at in (6, 3, 5, 1, 4, 0, 2))
    english = body("b", ENGLISH, "en")
    in_order = WordsThenSentences().align(body("a", GERMAN, "de"), english).signals["translated-order"]
    backwards = WordsThenSentences().align(body("a", shuffled, "de"), english).signals["translated-order"]
    assert backwards < in_order / 2


@pytest.mark.parametrize("language", ["en", None])
def test_bodies_in_one_language_or_an_unknown_one_are_measured_as_ever(language: str | None) -> None:
    match = WordsThenSentences().align(body("a", GERMAN, language), body("b", ENGLISH, "en"))
    assert not any(name.startswith("translated") for name in match.signals)
    assert all(passage.kind is not PassageKind.TRANSLATED for passage in match.passages)


def test_a_copy_whose_language_was_mistaken_stays_a_copy() -> None:
    strength, passages = align(body("a", ENGLISH, "nl"), body("b", ENGLISH, "en"))
    assert strength == 1.0
    assert [passage.kind for passage in passages] == [PassageKind.VERBATIM]


def test_an_empty_body_has_nothing_of_another_language() -> None:
    match = WordsThenSentences().align(body("a", "", "de"), body("b", ENGLISH, "en"))
    assert match.passages == ()
    assert match.signals["translated-order"] == 0.0


def test_sentences_that_are_all_quotation_are_shared_quotations() -> None:
    left = body("a", "“Baltline replaced the pump on 12 February for 48,500 euros in Karlskrona”\n", "en")
    right = body("b", "„Baltline ersetzte die Pumpe am 12. Februar für 48.500 Euro in Karlskrona“\n", "de")
    kinds = {passage.kind for passage in WordsThenSentences().align(left, right).passages}
    assert kinds == {PassageKind.QUOTE}


def test_the_evidence_names_what_both_texts_name_as_each_writes_it() -> None:
    match = WordsThenSentences().align(body("a", RUSSIAN, "ru"), body("b", ENGLISH, "en"))
    weighed = weigh(match, load_strength_model())
    told = {evidence.kind: evidence.detail for evidence in weighed.evidence}
    assert "Линдквист (Lindqvist)" in told["translated-anchors"]
    assert "in order" in told["translated-order"]
    assert "rare-terms" not in told


def test_alignment_is_the_same_from_either_side() -> None:
    left, right = body("a", GERMAN, "de"), body("b", CHINESE, "zh")
    there, back = (
        {(p.left, p.right) for p in align(left, right)[1]},
        {(p.right, p.left) for p in align(right, left)[1]},
    )
    assert there == back


def test_a_text_made_to_be_costly_is_cut() -> None:
    words = " ".join(f"Ba{'bcdfghklmnprst'[i % 14]}{'aeiou'[i % 5]}{i}x." for i in range(3 * MAX_SENTENCES))
    many = body("a", words, "en").anchors
    assert len(many.lengths) <= MAX_SENTENCES
    assert len(many.forms) <= MAX_FORMS


def test_no_sentences_give_no_beads() -> None:
    found = likeness(body("a", "", "de").anchors, body("b", ENGLISH, "en").anchors)
    chain = aligned(found.shared, (body("a", "", "de").anchors.lengths, body("b", ENGLISH, "en").anchors.lengths))
    assert chain.beads == ()


def test_a_translation_between_two_languages_of_han_characters_is_found() -> None:
    strength, passages = align(body("a", CHINESE, "zh"), body("b", JAPANESE, "ja"))
    assert strength > 0.8
    assert len(passages) >= 6


@pytest.mark.parametrize("turned", [False, True])
def test_paragraphs_added_in_the_middle_are_no_part_of_a_translation(turned: bool) -> None:
    lines = [line for line in ENGLISH.splitlines() if line.strip()]
    added = [
        "The museum by the old harbour opens at nine on weekdays and somewhat later on all other days of the week.",
        "Few of its visitors know that the garden behind the main building was laid out by the same architect.",
        "Tea is served there in the summer months, and on rainy afternoons the staff read aloud to the children.",
    ]
    longer = body("a", "\n".join([*lines[:4], *added, *lines[4:]]) + "\n", "en")
    other = body("b", RUSSIAN, "ru")
    _, passages = align(other, longer) if turned else align(longer, other)
    places = [passage.right if turned else passage.left for passage in passages]
    first = longer.text.index(added[0])
    inside = Span(first, longer.text.index(lines[4]))
    assert sum(place.overlap(inside) for place in places) < len(inside) / 3
    assert places[0].start < inside.start < inside.end <= places[-1].start


def test_an_article_before_an_apostrophe_is_no_part_of_a_name() -> None:
    forms = body("a", "L'Ondina, l’équipage d'Andrejs et qu'Ondina.\n", "fr").anchors.forms
    assert {"ondina", "andreis"} <= {form.sounds for form in forms}
    assert not any(form.sounds.startswith("lo") for form in forms)


def test_months_meet_whatever_their_name() -> None:
    names = [("en", "in February"), ("ru", "в феврале"), ("de", "im Februar"), ("cs", "v únoru")]
    found = {
        language: {form.exact for form in body("a", f"{text}\n", language).anchors.forms} for language, text in names
    }
    assert found["en"] == found["de"] == {"month 2"}
