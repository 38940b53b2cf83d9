"""gzip and zstd, several members or frames, also cut off: the archive of a scan that was killed. Python 3.11 knows no zstd,
so it is asked of the library that errata links."""
import ctypes
import zlib


class Buffer(ctypes.Structure):
    _fields_ = [("at", ctypes.c_void_p), ("size", ctypes.c_size_t), ("pos", ctypes.c_size_t)]


def zstd(data):
    """What can be had from the beginning, and whether that is all."""
    library = ctypes.CDLL("libzstd.so.1")
    library.ZSTD_createDStream.restype = ctypes.c_void_p
    library.ZSTD_decompressStream.restype = ctypes.c_size_t
    stream = ctypes.c_void_p(library.ZSTD_createDStream())
    room = ctypes.create_string_buffer(1 << 17)
    held = ctypes.create_string_buffer(data, len(data))
    source = Buffer(ctypes.addressof(held), len(data), 0)
    found = bytearray()
    left = 0
    while data:
        target = Buffer(ctypes.addressof(room), len(room), 0)
        left = library.ZSTD_decompressStream(stream, ctypes.byref(target), ctypes.byref(source))
        if library.ZSTD_isError(ctypes.c_size_t(left)):
            break
        found += room.raw[:target.pos]
        if source.pos == source.size and target.pos < target.size:
            break
    library.ZSTD_freeDStream(stream)
    return bytes(found), left == 0


def gzip(data):
    """The same."""
    found = bytearray()
    while data:
        unpacker = zlib.decompressobj(31)
        try:
            found += unpacker.decompress(data)
        except zlib.error:
            return bytes(found), False
        if not unpacker.eof:
            return bytes(found), False
        data = unpacker.unused_data
    return bytes(found), True


def content(path):
    """Of a file, by its name, and whether it is whole."""
    data = path.read_bytes()
    return gzip(data) if path.suffix == ".gz" else zstd(data) if path.suffix == ".zst" else (data, True)
