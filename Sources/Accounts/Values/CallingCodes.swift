/// Which country a telephone number belongs to, by the digits with which it begins.
///
/// The calling codes are those that the International Telecommunication Union has assigned (ITU-T
/// E.164), the area codes of the North American plan those of its administrator (NANPA), as they
/// stood in 2026. Beside the United States and Canada, twenty countries of the Caribbean and the
/// Pacific share the code 1, and a message to one of them can cost many times as much (A37). What
/// is in no country is not here: toll-free numbers, those at a premium (900), personal ones (500)
/// and the codes of satellites. A country whose numbers cannot be told from another one's, such as
/// Svalbard from Norway, has the name of the larger.
enum CallingCodes {
    // Each entry is a country (ISO 3166-1, and XK for Kosovo), its calling code, and the beginnings
    // of its numbers behind that where it shares the code with another country.
    private static let table = """
        US 1 201 202 203 205 206 207 208 209 210 212 213 214 215 216 217 218 219 220 223 224 \
        225 227 228 229 231 234 235 239 240 248 251 252 253 254 256 260 262 267 269 270 272 \
        274 276 279 281 283 301 302 303 304 305 307 308 309 310 312 313 314 315 316 317 318 \
        319 320 321 323 324 325 326 327 329 330 331 332 334 336 337 339 341 346 347 350 351 \
        352 353 360 361 363 364 369 380 385 386 401 402 404 405 406 407 408 409 410 412 413 \
        414 415 417 419 423 424 425 430 432 434 435 440 442 443 445 447 448 458 463 464 469 \
        470 472 475 478 479 480 484 501 502 503 504 505 507 508 509 510 512 513 515 516 517 \
        518 520 530 531 534 539 540 541 551 557 559 561 562 563 564 567 570 571 572 573 574 \
        575 580 582 585 586 601 602 603 605 606 607 608 609 610 612 614 615 616 617 618 619 \
        620 623 626 628 629 630 631 636 640 641 645 646 650 651 656 657 659 660 661 662 667 \
        669 678 680 681 682 686 689 701 702 703 704 706 707 708 712 713 714 715 716 717 718 \
        719 720 724 725 726 727 728 730 731 732 734 737 738 740 743 747 748 754 757 760 762 \
        763 765 769 770 771 772 773 774 775 779 781 785 786 801 802 803 804 805 806 808 810 \
        812 813 814 815 816 817 818 820 821 826 828 830 831 832 835 838 839 840 843 845 847 \
        848 850 854 856 857 858 859 860 862 863 864 865 870 872 878 901 903 904 906 907 908 \
        909 910 912 913 914 915 916 917 918 919 920 925 928 929 930 931 934 936 937 938 940 \
        941 943 945 947 948 949 951 952 954 956 959 970 971 972 973 975 978 979 980 983 984 \
        985 986 989, \
        CA 1 204 226 236 249 250 257 263 273 289 306 343 354 365 367 368 382 403 416 418 428 \
        431 437 438 450 468 474 506 514 519 548 579 581 584 587 604 613 639 647 672 683 705 \
        709 742 753 778 780 782 807 819 825 867 873 879 902 905 942, \
        AG 1 268, AI 1 264, AS 1 684, BB 1 246, BM 1 441, BS 1 242, DM 1 767, \
        DO 1 809 829 849, GD 1 473, GU 1 671, JM 1 658 876, KN 1 869, KY 1 345, LC 1 758, \
        MP 1 670, MS 1 664, PR 1 787 939, SX 1 721, TC 1 649, TT 1 868, VC 1 784, VG 1 284, \
        VI 1 340, \
        RU 7, KZ 7 6 7, EG 20, ZA 27, GR 30, NL 31, BE 32, FR 33, ES 34, HU 36, IT 39, RO 40, \
        CH 41, AT 43, GB 44, GG 44 1481 7781 7839 7911, IM 44 1624 74576 7524 7624 7924, \
        JE 44 1534 7509 7700 7797 7829 7937, DK 45, SE 46, NO 47, PL 48, DE 49, PE 51, MX 52, \
        CU 53, AR 54, BR 55, CL 56, CO 57, VE 58, MY 60, AU 61, ID 62, PH 63, NZ 64, SG 65, \
        TH 66, JP 81, KR 82, VN 84, CN 86, TR 90, IN 91, PK 92, AF 93, LK 94, MM 95, IR 98, \
        SS 211, MA 212, DZ 213, TN 216, LY 218, GM 220, SN 221, MR 222, ML 223, GN 224, \
        CI 225, BF 226, NE 227, TG 228, BJ 229, MU 230, LR 231, SL 232, GH 233, NG 234, \
        TD 235, CF 236, CM 237, CV 238, ST 239, GQ 240, GA 241, CG 242, CD 243, AO 244, \
        GW 245, IO 246, AC 247, SC 248, SD 249, RW 250, ET 251, SO 252, DJ 253, KE 254, \
        TZ 255, UG 256, BI 257, MZ 258, ZM 260, MG 261, RE 262, YT 262 269 639 7093, ZW 263, \
        NA 264, MW 265, LS 266, BW 267, SZ 268, KM 269, SH 290, ER 291, AW 297, FO 298, \
        GL 299, GI 350, PT 351, LU 352, IE 353, IS 354, AL 355, MT 356, CY 357, FI 358, \
        BG 359, LT 370, LV 371, EE 372, MD 373, AM 374, BY 375, AD 376, MC 377, SM 378, \
        UA 380, RS 381, ME 382, XK 383, HR 385, SI 386, BA 387, MK 389, CZ 420, SK 421, \
        LI 423, FK 500, BZ 501, GT 502, SV 503, HN 504, NI 505, CR 506, PA 507, PM 508, \
        HT 509, GP 590, BO 591, GY 592, EC 593, GF 594, PY 595, MQ 596, SR 597, UY 598, \
        CW 599 9, BQ 599 3 4 7, TL 670, NF 672, BN 673, NR 674, PG 675, TO 676, SB 677, \
        VU 678, FJ 679, PW 680, WF 681, CK 682, NU 683, WS 685, KI 686, NC 687, TV 688, \
        PF 689, TK 690, FM 691, MH 692, KP 850, HK 852, MO 853, KH 855, LA 856, BD 880, \
        TW 886, MV 960, LB 961, JO 962, SY 963, IQ 964, KW 965, SA 966, YE 967, OM 968, \
        PS 970, AE 971, IL 972, BH 973, QA 974, BT 975, MN 976, NP 977, TJ 992, TM 993, \
        AZ 994, GE 995, KG 996, UZ 998
        """

    /// A country, its calling code, and how its numbers go on, where that tells it from another.
    struct Entry {
        let country: String
        let code: String
        private let rest: Substring.UTF8View

        fileprivate init(_ text: Substring.UTF8View) {
            let words = text.split(separator: space, maxSplits: 2)
            country = String(Substring(words[0]))
            code = String(Substring(words[1]))
            rest = words.count == 2 ? Substring().utf8 : words[2]
        }

        var areas: [String] {
            rest.isEmpty ? [""] : rest.split(separator: space).map { String(Substring($0)) }
        }
    }

    private static let space = UInt8(ascii: " ")

    // The table is looked through as it stands, because every start of a program reads the names of
    // two countries and most read no number.
    private static var texts: some Sequence<Substring.UTF8View> {
        sequence(state: Substring(table).utf8) { rest in
            guard !rest.isEmpty else { return nil }
            let text = rest.prefix { $0 != UInt8(ascii: ",") }
            rest = rest.dropFirst(text.count + ", ".utf8.count)
            return text
        }
    }

    /// The entry of a country.
    static func entry(of country: String) -> Entry? {
        texts.first { $0.prefix { $0 != space }.elementsEqual(country.utf8) }.map(Entry.init)
    }

    /// The entry with the longest beginning that a number has, without its plus sign.
    static func entry(ofNumber digits: String) -> Entry? {
        var best: (entry: Entry, length: Int)?
        for text in texts {
            let code = text.dropFirst("US ".utf8.count).prefix { $0 != space }
            guard digits.utf8.starts(with: code) else { continue }
            let entry = Entry(text)
            let rest = digits.dropFirst(code.count)
            for area in entry.areas where rest.hasPrefix(area) {
                let length = code.count + area.utf8.count
                if length > best?.length ?? 0 { best = (entry, length) }
            }
        }
        return best?.entry
    }
}
