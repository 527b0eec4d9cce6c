// swift-tools-version: 6.2

import PackageDescription

/// Settings that every Swift target shares: the strictest the toolchain has.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .strictMemorySafety(),
]

let package = Package(
    name: "postern",
    products: [
        .library(name: "Zxcvbn", targets: ["Zxcvbn"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        .systemLibrary(name: "CArgon2"),
        .systemLibrary(name: "CCMark"),
        .systemLibrary(name: "CCrypt"),
        .systemLibrary(name: "CDeflate"),
        .systemLibrary(name: "CIDN2"),
        .systemLibrary(name: "CLinux"),
        .systemLibrary(name: "CQRCode"),
        .systemLibrary(name: "CTLS"),
        .systemLibrary(name: "COpenSSL"),
        .systemLibrary(name: "CUnistring"),
        .systemLibrary(name: "CZxcvbn"),
        .target(
            name: "AccountFiles", dependencies: ["Accounts", "Cryptography", "FlatFiles"]),
        .target(
            name: "AccountSite",
            dependencies: [
                "Accounts", "BreachedPasswords", "Cryptography", "HTTP", "Hypertext", "QRCode",
                "Zxcvbn",
            ]),
        .target(
            name: "Accounts",
            dependencies: ["BreachedPasswords", "Cryptography", "UnicodeText", "Zxcvbn"]),
        .target(name: "Archives", dependencies: ["Cryptography", "FlatFiles"]),
        .target(name: "BreachedPasswords", dependencies: ["Cryptography"]),
        .target(
            name: "Cryptography", dependencies: ["CArgon2", "CCrypt", "COpenSSL", "UnicodeText"]),
        .target(name: "FlatFiles", dependencies: ["CLinux"]),
        .target(name: "Gateway", dependencies: ["CLinux", "HTTP"]),
        .target(name: "HTTP"),
        .target(name: "Hypertext"),
        .target(
            name: "Installation",
            dependencies: [
                "AccountFiles", "Accounts", "BreachedPasswords", "Cryptography", "FlatFiles",
                "Hypertext", "Mail", "Outbox", "Sandbox", "Texts", "WebClient",
            ]),
        .target(
            name: "LiveWorld",
            dependencies: ["AccountSite", "Accounts", "Cryptography", "HTTP", "Installation"]),
        .target(name: "Mail", dependencies: ["Cryptography", "FlatFiles", "Outbox"]),
        .target(name: "Outbox", dependencies: ["CLinux", "Cryptography", "FlatFiles"]),
        .target(name: "Preview", dependencies: ["HTTP", "Hypertext", "QRCode"]),
        .target(name: "Sandbox", dependencies: ["CLinux"]),
        .target(
            name: "SiteBuilder",
            dependencies: [
                "CCMark", "CDeflate", "CLinux", "Hypertext",
                .product(name: "Yams", package: "Yams"),
            ]),
        .target(name: "QRCode", dependencies: ["CQRCode"]),
        .target(name: "Texts", dependencies: ["Accounts", "FlatFiles", "Outbox"]),
        .target(name: "Terminal", dependencies: ["CLinux"]),
        .target(name: "UnicodeText", dependencies: ["CIDN2", "CUnistring"]),
        .target(name: "UserTables", dependencies: ["Accounts", "Cryptography", "Terminal"]),
        .target(name: "WebClient", dependencies: ["CTLS"]),
        .target(name: "Zxcvbn"),
        .target(name: "ZxcvbnC", dependencies: ["CZxcvbn", "Zxcvbn"]),
        .executableTarget(
            name: "account",
            dependencies: [
                "AccountSite", "Accounts", "CLinux", "Gateway", "HTTP", "Installation",
                "LiveWorld", "Sandbox",
            ]),
        .executableTarget(
            name: "gateway-echo", dependencies: ["Gateway", "HTTP"],
            path: "Tests/Support/gateway-echo"),
        .executableTarget(
            name: "range-asker",
            dependencies: ["Cryptography", "FlatFiles", "Installation", "WebClient"],
            path: "Tests/Support/range-asker"),
        .executableTarget(
            name: "postern",
            dependencies: [
                "AccountFiles", "AccountSite", "Accounts", "Archives", "BreachedPasswords",
                "CLinux", "Cryptography", "FlatFiles", "HTTP", "Hypertext", "Installation",
                "LiveWorld", "Mail", "Outbox",
                "Preview", "Sandbox", "SiteBuilder", "Terminal", "Texts", "UserTables", "WebClient",
                "Zxcvbn",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .executableTarget(
            name: "qr-svg", dependencies: ["QRCode"], path: "Tests/Support/qr-svg"),
        .executableTarget(
            name: "sandbox-prober", dependencies: ["Gateway", "HTTP", "Installation", "Sandbox"],
            path: "Tests/Support/sandbox-prober"),
        .executableTarget(
            name: "score",
            dependencies: ["CLinux", "Gateway", "HTTP", "Sandbox", "Terminal", "Zxcvbn"]),
        .executableTarget(name: "word-table", dependencies: ["Zxcvbn"]),
        .executableTarget(
            name: "bench-breached", dependencies: ["BreachedPasswords"],
            path: "Benchmarks/breached/bench-breached"),
        .executableTarget(
            name: "bench-factors", dependencies: ["Cryptography", "QRCode"],
            path: "Benchmarks/factors/bench-factors"),
        .executableTarget(
            name: "bench-store", dependencies: ["AccountFiles", "Accounts", "Cryptography"],
            path: "Benchmarks/store/bench-store"),
        .executableTarget(
            name: "render-page", dependencies: ["Hypertext", "SiteBuilder"],
            path: "Benchmarks/site/render-page"),
        .executableTarget(
            name: "store-exerciser", dependencies: ["AccountFiles", "Accounts", "Cryptography"],
            path: "Tests/Support/store-exerciser"),
        .testTarget(
            name: "AccountFilesTests", dependencies: ["AccountFiles", "Accounts", "Cryptography"],
            exclude: ["Vectors"]),
        .testTarget(
            name: "AccountSiteTests",
            dependencies: [
                "AccountFiles", "AccountSite", "Accounts", "BreachedPasswords", "Cryptography",
                "HTTP", "Hypertext",
                "SiteBuilder",
            ], exclude: ["Vectors"]),
        .testTarget(name: "AccountsTests", dependencies: ["Accounts", "Cryptography", "Zxcvbn"]),
        .testTarget(name: "ArchivesTests", dependencies: ["Archives"]),
        .testTarget(
            name: "BreachedPasswordsTests", dependencies: ["BreachedPasswords", "Cryptography"]),
        .testTarget(
            name: "CryptographyTests", dependencies: ["Cryptography"], exclude: ["Vectors"]),
        .testTarget(name: "FlatFilesTests", dependencies: ["FlatFiles"]),
        .testTarget(name: "GatewayTests", dependencies: ["Gateway", "HTTP"]),
        .testTarget(name: "HTTPTests", dependencies: ["HTTP"], exclude: ["Vectors"]),
        .testTarget(
            name: "HypertextTests", dependencies: ["Hypertext"], exclude: ["Vectors"]),
        .testTarget(
            name: "InstallationTests",
            dependencies: [
                "AccountFiles", "Accounts", "BreachedPasswords", "Cryptography", "FlatFiles",
                "Installation", "Mail",
            ]),
        .testTarget(name: "MailTests", dependencies: ["FlatFiles", "Mail", "Outbox"]),
        .testTarget(
            name: "PreviewTests",
            dependencies: ["AccountSite", "HTTP", "Hypertext", "Preview", "SiteBuilder"]),
        .testTarget(name: "QRCodeTests", dependencies: ["QRCode"]),
        .testTarget(name: "ScoreTests", dependencies: ["HTTP", "Zxcvbn", "score"]),
        .testTarget(
            name: "SiteBuilderTests", dependencies: ["Hypertext", "SiteBuilder"],
            exclude: ["Broken", "Golden"]),
        .testTarget(name: "TerminalTests", dependencies: ["Terminal"]),
        .testTarget(
            name: "TextsTests", dependencies: ["Accounts", "FlatFiles", "Outbox", "Texts"]),
        .testTarget(
            name: "UnicodeTextTests", dependencies: ["UnicodeText"], exclude: ["Vectors"]),
        .testTarget(
            name: "UserTablesTests", dependencies: ["Accounts", "Cryptography", "UserTables"]),
        .testTarget(name: "WebClientTests", dependencies: ["WebClient"]),
        .testTarget(name: "ZxcvbnTests", dependencies: ["Zxcvbn"], exclude: ["Vectors"]),
    ],
    swiftLanguageModes: [.v6])

// What libFuzzer drives; see Fuzz/run-templates.
if Context.environment["FUZZ"] != nil {
    for (name, dependencies) in [
        ("TemplateCompilerFuzz", ["Hypertext", "SiteBuilder"]), ("TemplateFileFuzz", ["Hypertext"]),
    ] {
        package.products.append(.library(name: name, type: .dynamic, targets: [name]))
        package.targets.append(
            .target(
                name: name, dependencies: dependencies.map { .byName(name: $0) },
                path: "Fuzz/\(name)"))
    }
}

for target in package.targets where target.type != .system {
    target.swiftSettings = (target.swiftSettings ?? []) + strict
}
