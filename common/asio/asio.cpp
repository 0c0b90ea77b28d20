// The one place where Asio's and Beast's separately compiled parts are made (see cmake/compiler.cmake).
#include <boost/asio/impl/src.hpp>
#include <boost/asio/ssl/impl/src.hpp>
#include <boost/beast/src.hpp>
