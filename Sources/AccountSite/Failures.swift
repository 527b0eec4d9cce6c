import Accounts
import Cryptography
package import HTTP
import Hypertext

// Answers when something is wrong: with the request, or here.

extension Pages {
    /// Answers what the web server handed over, whatever becomes of it; what goes wrong is logged.
    package static func answer(
        _ request: Result<Request, RequestError>, in world: World
    ) -> Response {
        do {
            return try respond(to: request.get(), in: world)
        } catch {
            return Failures(world: world, request: try? request.get()).answer(error)
        }
    }

    /// The page that says only that something is wrong here, made of nothing else.
    package static let outOfOrder = Response.html(
        Array(
            """
            <!doctype html><html lang="en"><meta charset="utf-8"><title>Out of order</title>
            <h1>This page is out of order</h1>
            <p>Nothing of yours is lost. Please try again in a few minutes.</p>

            """.utf8), status: .serviceUnavailable
    ).setting(.retryAfter, to: FieldValue(300))
}

/// The answers when there is no page, in the language of the request, if that could be read.
private struct Failures {
    let world: World
    let request: Request?

    /// How long a busy server asks to be left alone, in seconds.
    private static let busyWait: Int64 = 5

    /// Answers when something was thrown; what went wrong here is logged.
    func answer(_ error: any Error) -> Response {
        switch error {
        case let error as RequestError: return response(to: error)
        case let error as TooManyMessages: return tooMany(error)
        default:
            let response = response(to: error)
            let failure = LogEntry.Event.failure(
                status: response.status.rawValue, reason: "\(error)")
            world.log(LogEntry(failure, at: world.now()))
            return response
        }
    }

    /// Answers a request that no page could be asked about.
    private func response(to error: RequestError) -> Response {
        switch error.status {
        case .contentTooLarge: plain(TooLargeForm(), error.status)
        case .internalServerError: plain(FailureForm(), error.status)
        default: plain(BadRequestForm(), error.status)
        }
    }

    /// Answers when a page could not be made; the visitor learns nothing internal (S64).
    private func response(to error: any Error) -> Response {
        switch error {
        case HashingSlotsError.busy:
            plain(BusyForm(wait: WaitPhrase(Self.busyWait)), .serviceUnavailable)
                .setting(.retryAfter, to: FieldValue(Int(Self.busyWait)))
        case is StoreError, is PasswordHasherError, is HashingSlotsError:
            plain(FailureForm(), .serviceUnavailable).setting(.retryAfter, to: FieldValue(60))
        default:
            plain(FailureForm(), .internalServerError)
        }
    }

    private func tooMany(_ error: TooManyMessages) -> Response {
        let wait = max(1, error.until - world.now())
        return plain(TooManyForm(wait: WaitPhrase(wait)), .tooManyRequests)
            .setting(.retryAfter, to: FieldValue(Int(wait)))
    }

    /// A page for nobody in particular, because who is there is not known.
    private func plain(_ form: some AccountForm, _ status: Status) -> Response {
        let language = request.map { world.language(of: $0).tag }
        return (try? world.page(form, in: language ?? world.ownLanguage?.text ?? "", status))
            ?? Pages.outOfOrder
    }
}
