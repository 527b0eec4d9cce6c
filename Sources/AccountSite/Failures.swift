import Accounts
import Cryptography
package import HTTP
import Hypertext

// Answers when something is wrong: with the request, or here.

extension Pages {
    /// How long a busy server asks to be left alone, in seconds.
    private static let busyWait: Int64 = 5

    /// Answers what the web server handed over, whatever becomes of it; what goes wrong is logged.
    package static func answer(
        _ request: Result<Request, RequestError>, in world: World
    ) -> Response {
        do {
            return try respond(to: request.get(), in: world)
        } catch let error as RequestError {
            return response(to: error, in: world)
        } catch let error as TooManyMessages {
            return tooMany(error, in: world)
        } catch {
            let response = response(to: error, in: world)
            let failure = LogEntry.Event.failure(
                status: response.status.rawValue, reason: "\(error)")
            world.log(LogEntry(failure, at: world.now()))
            return response
        }
    }

    /// Answers a request that no page could be asked about.
    private static func response(to error: RequestError, in world: World) -> Response {
        switch error.status {
        case .contentTooLarge: plain(TooLargeForm(), error.status, in: world)
        case .internalServerError: plain(FailureForm(), error.status, in: world)
        default: plain(BadRequestForm(), error.status, in: world)
        }
    }

    /// Answers when a page could not be made; the visitor learns nothing internal (S64).
    private static func response(to error: any Error, in world: World) -> Response {
        switch error {
        case HashingSlotsError.busy:
            plain(BusyForm(wait: DateText.wait(busyWait)), .serviceUnavailable, in: world)
                .setting(.retryAfter, to: FieldValue(Int(busyWait)))
        case is StoreError, is PasswordHasherError, is HashingSlotsError:
            plain(FailureForm(), .serviceUnavailable, in: world)
                .setting(.retryAfter, to: FieldValue(60))
        default:
            plain(FailureForm(), .internalServerError, in: world)
        }
    }

    private static func tooMany(_ error: TooManyMessages, in world: World) -> Response {
        let wait = max(1, error.until - world.now())
        return plain(TooManyForm(wait: DateText.wait(wait)), .tooManyRequests, in: world)
            .setting(.retryAfter, to: FieldValue(Int(wait)))
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

    /// A page for nobody in particular, because who is there is not known.
    private static func plain(
        _ form: some AccountForm, _ status: Status, in world: World
    ) -> Response {
        (try? world.templates.render(form, language: "en")).map {
            Response.html($0, status: status)
        }
            ?? outOfOrder
    }
}
