import Testing
import Zxcvbn
