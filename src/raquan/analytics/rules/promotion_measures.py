"""Measures of what promotions, exhibitions and links did; what was counted, tallied and stated stand apart."""

from raquan.analytics.rules.formulas import Conditions, Distinct, Measure, Ratio, Sum
from raquan.analytics.rules.tables import Kind
from raquan.kernel.localized import localized

SINCE = 2
"""The first schema of these facts."""

COUNTED: Conditions = (("state", ("counted",)),)
FAILED: Conditions = (("state", ("refused", "failed")),)

_TIMES = localized("lượt", en="redemptions")
_DONG = localized("đồng", en="dong")
_VISITS = localized("lượt", en="visits")
_PERCENT = localized("%", en="%")

PROMOTION_MEASURES = (
    Measure(
        "redemptions",
        localized("Lượt dùng phiếu", en="Redemptions"),
        _TIMES,
        localized(
            "Số phiếu khuyến mại đã dùng tại quầy và được máy chủ tính, theo ngày dùng. Lượt đã hoàn và lượt máy chủ "
            "không tính thì không cộng. Nơi là nơi áp dụng của ưu đãi nếu chỉ có một, không thì là trụ sở của doanh "
            "nghiệp. Nhóm dịch vụ là nhóm của các dịch vụ mà ưu đãi nêu, nếu cùng một nhóm.",
            en="Vouchers redeemed at counters and counted by the server, by the day of redemption. Those taken back "
            "and those refused do not count. The place is where the offer holds if that is one place, else the seat "
            "of the enterprise. The group is that of the services which the offer names, if it is one.",
        ),
        Sum(where=COUNTED),
        source=Kind.REDEMPTION,
        since=SINCE,
        of="redemption_tries",
        is_public=False,
    ),
    Measure(
        "runs_redeemed",
        localized("Đợt phiếu có lượt dùng", en="Runs of vouchers in use"),
        localized("đợt", en="runs"),
        localized(
            "Số đợt phiếu khuyến mại khác nhau có ít nhất một lượt dùng phiếu được tính.",
            en="Different runs of vouchers with at least one redemption that counts.",
        ),
        Distinct("thing", COUNTED),
        source=Kind.REDEMPTION,
        since=SINCE,
        is_public=False,
    ),
    Measure(
        "redemption_tries",
        localized("Lượt đưa phiếu ra dùng", en="Vouchers presented"),
        _TIMES,
        localized(
            "Mọi lượt đưa phiếu ra quầy mà máy chủ biết: được tính, đã hoàn, máy chủ không tính, quầy không nhận.",
            en="All vouchers presented at counters that the server knows of: counted, taken back, refused by the "
            "server, refused at the counter.",
        ),
        Sum(),
        source=Kind.REDEMPTION,
        since=SINCE,
        is_public=False,
    ),
    Measure(
        "redemptions_reversed",
        localized("Lượt dùng phiếu đã hoàn", en="Redemptions taken back"),
        _TIMES,
        localized(
            "Số lượt đã được tính rồi quầy hoàn lại, theo ngày dùng phiếu.",
            en="Redemptions that counted and were then taken back, by the day of redemption.",
        ),
        Sum(where=(("state", ("reversed",)),)),
        source=Kind.REDEMPTION,
        since=SINCE,
        of="redemption_tries",
        is_public=False,
    ),
    Measure(
        "redemptions_failed",
        localized("Lượt phiếu không dùng được", en="Vouchers not taken"),
        _TIMES,
        localized(
            "Số lượt mà quầy không nhận phiếu hoặc máy chủ không tính, có lý do: hết hạn, dùng trùng, mã sai, quầy "
            "hết phần phiếu…",
            en="Vouchers that the counter did not take or the server did not count, with a reason: expired, used "
            "twice, a wrong code, a counter without a lease…",
        ),
        Sum(where=FAILED),
        source=Kind.REDEMPTION,
        since=SINCE,
        of="redemption_tries",
        is_public=False,
    ),
    Measure(
        "redemption_failed_rate",
        localized("Tỷ lệ phiếu không dùng được", en="Rate of vouchers not taken"),
        _PERCENT,
        localized(
            "Số lượt phiếu không dùng được chia cho số lượt đưa phiếu ra dùng.",
            en="Vouchers not taken, divided by all that were presented.",
        ),
        Ratio("redemptions_failed", "redemption_tries", times=100),
        source="ratio",
        is_public=False,
    ),
    Measure(
        "redemptions_with_bill",
        localized("Lượt dùng phiếu có ghi hóa đơn", en="Redemptions with a bill"),
        _TIMES,
        localized(
            "Số lượt dùng phiếu được tính mà quầy có ghi số tiền hóa đơn. Quầy không bắt buộc ghi.",
            en="Counted redemptions of which the counter wrote the amount of the bill. Counters need not.",
        ),
        Sum("valued", COUNTED),
        source=Kind.REDEMPTION,
        since=SINCE,
        of="redemptions",
        is_public=False,
    ),
    Measure(
        "redemption_bills",
        localized("Tiền hóa đơn dùng phiếu", en="Bills with a voucher"),
        _DONG,
        localized(
            "Tổng tiền hóa đơn của những lượt dùng phiếu có ghi số tiền. Lượt không ghi thì không biết, không phải "
            "bằng không: xem số lượt dùng phiếu có ghi hóa đơn.",
            en="The bills of those redemptions of which the amount was written. Of others it is not known, which is "
            "not zero: see redemptions with a bill.",
        ),
        Sum("value", COUNTED, known=True),
        source=Kind.REDEMPTION,
        since=SINCE,
        is_public=False,
    ),
    Measure(
        "redemptions_stated",
        localized("Lượt dùng ưu đãi doanh nghiệp tự khai", en="Uses of offers that enterprises state"),
        _TIMES,
        localized(
            "Số lượt dùng ưu đãi mà doanh nghiệp khai cho từng tháng, gõ tay hoặc từ tệp Excel; xếp vào ngày đầu tháng."
            " Không ai đếm lại được, nên không cộng vào lượt dùng phiếu.",
            en="Uses of offers that enterprises state for a month, typed or from Excel; they stand on the first day "
            "of the month. Nobody can count them again, and they are never added to redemptions.",
        ),
        Sum(),
        source=Kind.RESULT,
        grade="stated",
        since=SINCE,
        is_public=False,
    ),
    Measure(
        "discounts_stated",
        localized("Tiền ưu đãi doanh nghiệp tự khai", en="Discounts that enterprises state"),
        _DONG,
        localized(
            "Tổng số tiền đã giảm, tặng mà doanh nghiệp khai. Tháng không khai số tiền thì không biết, không phải bằng "
            "không.",
            en="What enterprises state that they gave away. Of months without an amount it is not known, which is not "
            "zero.",
        ),
        Sum("value", known=True),
        source=Kind.RESULT,
        grade="stated",
        since=SINCE,
        is_public=False,
    ),
    Measure(
        "booth_visits",
        localized("Lượt ghé gian hàng", en="Visits of booths"),
        _VISITS,
        localized(
            "Số lượt khách quét mã tại gian hàng của triển lãm, theo ngày ghé. Đơn vị là doanh nghiệp có gian, nơi là "
            "nơi tổ chức triển lãm. Một người ghé hai gian là hai lượt.",
            en="Visitors' scans of the codes at booths of exhibitions, by the day of the visit. The organization is "
            "the enterprise of the booth, the place that of the exhibition. Who visits two booths is two visits.",
        ),
        Sum(where=(("grade", ("counted",)),)),
        source=Kind.BOOTH_DAY,
        since=SINCE,
        is_public=False,
    ),
    Measure(
        "booths_visited",
        localized("Doanh nghiệp có khách ghé gian", en="Enterprises whose booths were visited"),
        localized("doanh nghiệp", en="enterprises"),
        localized(
            "Số doanh nghiệp khác nhau có gian hàng được khách quét mã ít nhất một lần. Doanh nghiệp có hai gian vẫn "
            "là một; gian chưa có lượt quét nào thì không nằm trong số này.",
            en="Different enterprises with a booth whose code visitors scanned at least once. One with two booths is "
            "one; booths without a scan are not among them.",
        ),
        Distinct("organization_id", (("grade", ("counted",)),)),
        source=Kind.BOOTH_DAY,
        since=SINCE,
        is_public=False,
    ),
    Measure(
        "booth_heads_tallied",
        localized("Khách gian hàng đếm tay", en="Visitors of booths, tallied"),
        localized("người", en="people"),
        localized(
            "Số khách từng ngày mà đơn vị tổ chức triển lãm đếm tay. Không cộng với lượt quét mã: hai cách đếm cùng "
            "những người ấy.",
            en="The visitors of each day as the organizer tallied them. Not added to scans, which count the "
            "same people.",
        ),
        Sum(where=(("grade", ("tallied",)),), known=True),
        source=Kind.BOOTH_DAY,
        grade="tallied",
        since=SINCE,
        is_public=False,
    ),
    Measure(
        "booth_heads_stated",
        localized("Khách gian hàng doanh nghiệp tự khai", en="Visitors of booths that enterprises state"),
        localized("người", en="people"),
        localized(
            "Số khách từng ngày mà doanh nghiệp có gian khai. Không ai đếm lại được, nên không cộng với số nào khác.",
            en="The visitors of each day as the enterprise of the booth states them. Nobody can count them again, and "
            "they are added to nothing.",
        ),
        Sum(where=(("grade", ("stated",)),), known=True),
        source=Kind.BOOTH_DAY,
        grade="stated",
        since=SINCE,
        is_public=False,
    ),
    Measure(
        "link_visits",
        localized("Lượt mở đường dẫn ngắn", en="Visits of short links"),
        _VISITS,
        localized(
            "Số lượt mở đường dẫn ngắn và mã QR trong thời gian chiến dịch, theo ngày mở và kênh phát. Không ghi ai đã "
            "mở, nên một người mở hai lần là hai lượt; máy tự xưng tên thì không tính. Nơi là nơi của buổi mà đường "
            "dẫn nói tới.",
            en="Openings of short links and QR codes within the campaign, by day and channel. Who opened them is kept "
            "nowhere: the same person twice is two; machines that give their name do not count. The place is that of "
            "the outing which the link is about.",
        ),
        Sum(),
        source=Kind.LINK_DAY,
        since=SINCE,
    ),
    Measure(
        "links_opened",
        localized("Đường dẫn ngắn có người mở", en="Short links opened"),
        localized("đường dẫn", en="links"),
        localized(
            "Số đường dẫn ngắn khác nhau được mở ít nhất một lần.",
            en="Different short links that were opened at least once.",
        ),
        Distinct("thing"),
        source=Kind.LINK_DAY,
        since=SINCE,
    ),
    Measure(
        "outings_reached",
        localized("Buổi ra quân được mở đường dẫn", en="Outings whose links were opened"),
        localized("buổi", en="outings"),
        localized(
            "Số buổi ra quân khác nhau có đường dẫn ngắn được mở ít nhất một lần. Một buổi có ở nhiều kênh, nên các "
            "kênh không cộng lại được. Lượt hỗ trợ ở các buổi ấy xem ở trang hiệu quả của kênh.",
            en="Different outings of which a short link was opened at least once. An outing may stand in several "
            "channels, so channels do not add up. The assists of those outings stand on the page of channels.",
        ),
        Distinct("outing_id"),
        source=Kind.LINK_DAY,
        since=SINCE,
    ),
    Measure(
        "visits_per_outing",
        localized("Lượt mở mỗi buổi", en="Visits an outing"),
        _VISITS,
        localized(
            "Số lượt mở đường dẫn của các buổi ra quân chia cho số buổi có đường dẫn được mở.",
            en="Visits of the links about outings, divided by the outings whose links were opened.",
        ),
        Ratio("outing_link_visits", "outings_reached"),
        source="ratio",
    ),
    Measure(
        "outing_link_visits",
        localized("Lượt mở đường dẫn của buổi ra quân", en="Visits of links about outings"),
        _VISITS,
        localized(
            "Số lượt mở những đường dẫn ngắn nói về một buổi ra quân.",
            en="Visits of those short links that are about an outing.",
        ),
        Sum(where=(("aim", ("outing",)),)),
        source=Kind.LINK_DAY,
        since=SINCE,
        of="link_visits",
    ),
)
