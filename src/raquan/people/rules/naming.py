"""How organizations' names are abbreviated in official papers: data for matching, all in folded letters."""

from collections.abc import Mapping

ABBREVIATIONS: Mapping[str, str] = {
    # committees, councils, the Party
    "ubnd": "uy ban nhan dan",
    "hdnd": "hoi dong nhan dan",
    "tu": "tinh uy",
    "dbqh": "dai bieu quoc hoi",
    "vp": "van phong",
    "bql": "ban quan ly",
    # departments; the parts too, since papers write "LĐ-TB và XH" and "VH, TT&DL"
    "tttt": "thong tin truyen thong",
    "khcn": "khoa hoc cong nghe",
    "khdt": "ke hoach dau tu",
    "gddt": "giao duc dao tao",
    "ldtbxh": "lao dong thuong binh xa hoi",
    "ldtb": "lao dong thuong binh",
    "ld": "lao dong",
    "tbxh": "thuong binh xa hoi",
    "xh": "xa hoi",
    "vhttdl": "van hoa the thao du lich",
    "vhtt": "van hoa the thao",
    "vh": "van hoa",
    "ttdl": "the thao du lich",
    "dl": "du lich",
    "nnptnt": "nong nghiep phat trien nong thon",
    "ptnt": "phat trien nong thon",
    "tnmt": "tai nguyen moi truong",
    "gtvt": "giao thong van tai",
    "xdct": "xay dung cong trinh",
    "ct": "cong thuong",
    "kcn": "khu cong nghiep",
    "tthc": "thu tuc hanh chinh",
    "ttpvhcc": "trung tam phuc vu hanh chinh cong",
    "pvhcc": "phuc vu hanh chinh cong",
    "hcc": "hanh chinh cong",
    # armed forces, justice, vertical bodies
    "ca": "cong an",
    "bch": "bo chi huy",
    "bchqs": "bo chi huy quan su",
    "qs": "quan su",
    "bdbp": "bo doi bien phong",
    "tand": "toa an nhan dan",
    "vksnd": "vien kiem sat nhan dan",
    "ksnd": "kiem sat nhan dan",
    "thads": "thi hanh an dan su",
    "bhxh": "bao hiem xa hoi",
    "kbnn": "kho bac nha nuoc",
    "qltt": "quan ly thi truong",
    "ptth": "phat thanh truyen hinh",
    "dptth": "dai phat thanh truyen hinh",
    # banks, enterprises
    "nh": "ngan hang",
    "nhnn": "ngan hang nha nuoc",
    "nhcsxh": "ngan hang chinh sach xa hoi",
    "csxh": "chinh sach xa hoi",
    "cn": "chi nhanh",
    "cty": "cong ty",
    "dn": "doanh nghiep",
    "htx": "hop tac xa",
    # unions
    "mttq": "mat tran to quoc",
    "mttqvn": "mat tran to quoc viet nam",
    "ubmttq": "uy ban mat tran to quoc",
    "ubmttqvn": "uy ban mat tran to quoc viet nam",
    "vn": "viet nam",
    "tncs": "thanh nien cong san",
    "tncshcm": "thanh nien cong san ho chi minh",
    "hcm": "ho chi minh",
    "dtn": "doan thanh nien",
    "lhpn": "lien hiep phu nu",
    "lhtn": "lien hiep thanh nien",
    "hlhpn": "hoi lien hiep phu nu",
    "hnd": "hoi nong dan",
    "nd": "nong dan",
    "ccb": "cuu chien binh",
    "ldld": "lien doan lao dong",
    "khkt": "khoa hoc ky thuat",
    "ctd": "chu thap do",
    # places
    "tp": "thanh pho",
    "tx": "thi xa",
    "h": "huyen",
    "bmt": "buon ma thuot",
    "tpbmt": "thanh pho buon ma thuot",
    "daklak": "dak lak",
    "daclac": "dak lak",
    "daclak": "dak lak",
}
"""Abbreviation (no marks, no punctuation) → the words, without "và"."""

FILLERS = frozenset({"va", "cua", "voi"})
"""Words that come and go in a name without changing whose it is."""

PROVINCE_TAILS = ("tinh dak lak", "dak lak", "tinh")
"""How the names of the province's own bodies may end; all say the same."""

KINDS = (
    "van phong uy ban nhan dan",
    "van phong hoi dong nhan dan",
    "van phong doan dai bieu",
    "van phong tinh uy",
    "uy ban nhan dan",
    "hoi dong nhan dan",
    "uy ban mat tran",
    "ban dan toc",
    "ban quan ly",
    "ban tuyen giao",
    "ban chi dao",
    "bo chi huy bo doi bien phong",
    "bo chi huy quan su",
    "ban chi huy quan su",
    "bao hiem",
    "benh vien",
    "buu dien",
    "chi cuc",
    "cong an",
    "cong ty",
    "cuc",
    "dai",
    "doan",
    "hiep hoi",
    "hoi",
    "kho bac",
    "lien doan",
    "lien hiep",
    "lien minh",
    "ngan hang",
    "phong",
    "so",
    "to cong nghe so",
    "toa an",
    "trung tam",
    "truong",
    "vien kiem sat",
)
"""How names begin that say what sort of body it is; two of different sorts are two bodies, whatever else agrees."""

DISTRICT_WORDS = ("huyen", "thi xa", "thanh pho")
"""Words that put a body in one district: the district's office is not the province's."""

COLLECTIVE_HEADS = ("cac", "tat ca", "moi", "toan the", "nhung")
"""A text that begins so means many bodies: "các sở, ban, ngành"."""

COLLECTIVE_MEMBERS = (
    "ban", "benh vien", "co quan", "cap", "chi nhanh", "dia phuong", "doan the", "doanh nghiep", "don vi", "huyen",
    "nganh", "ngan hang", "phong", "phuong", "so", "thanh pho", "thi tran", "thi xa", "thon", "buon", "to chuc",
    "truong", "xa",
)  # fmt: skip
"""What may follow "các" inside a text that means many bodies: "UBND các huyện"."""
