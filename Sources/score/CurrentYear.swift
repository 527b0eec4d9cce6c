import Glibc

/// The year that the calendar shows here and now.
func currentYear() -> Int {
    var now = time(nil)
    var calendar = unsafe tm()
    unsafe localtime_r(&now, &calendar)
    return Int(unsafe calendar.tm_year) + 1900
}
