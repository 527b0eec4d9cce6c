/// A secret that whatever prints or dumps it shows as a word in its place.
///
/// The word is the description.
package protocol Concealed:
    CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable
{}

extension Concealed {
    /// The word in place of the secret.
    package var debugDescription: String { description }

    /// Nothing inside.
    package var customMirror: Mirror { Mirror(self, children: []) }
}
